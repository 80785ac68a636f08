import type { Command } from './command.ts';
import { loadMain } from './installation.ts';
import { stopRequested } from './start.ts';

/** Answers requests for the process that forked this one, until a signal asks it to stop or that process is gone. */
export const run: Command<object> = async (_options, { config, terminal }) => {
  const stop = Promise.race([stopRequested(), new Promise<void>((resolve) => { process.once('disconnect', resolve); })]);
  const main = await loadMain();
  const installation = await main.openInstallation(config, terminal);
  const server = await installation.work();
  await stop;
  await server.stop();
  return 0;
};
