import { constants } from 'node:os';
import { type Command } from './command.ts';
import { loadMain, type StartOptions } from './installation.ts';

/** Runs the server until a signal asks it to stop. A second signal ends it at once; the next start then recovers. */
export const run: Command<StartOptions> = async (options, { config, terminal }) => {
  const stopRequested = new Promise<void>((resolve) => {
    let isStopping = false;
    const request = (signal: NodeJS.Signals): void => {
      if (isStopping) process.exit(128 + constants.signals[signal]);
      isStopping = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, request);
  });
  const main = await loadMain();
  const installation = await main.openInstallation(config, terminal);
  const server = await installation.start(options);
  for (const line of server.lines) terminal.print(line);
  await stopRequested;
  await terminal.stage('Stopping', () => server.stop());
  return 0;
};
