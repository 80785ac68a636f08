import { constants } from 'node:os';
import type { Command } from './command.ts';
import { loadMain, type StartOptions } from './installation.ts';

// Ctrl-C reaches the server twice at once when npm runs it: from the terminal, and passed on by npm.
const sameSignalMilliseconds = 1000;

/** Resolves at the first signal that asks to stop. A later one ends the process at once; the next start then recovers. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        const now = performance.now();
        firstAt ??= now;
        if (now - firstAt > sameSignalMilliseconds) process.exit(128 + constants.signals[signal]);
        resolve();
      });
    }
  });
}

/** Runs the server until a signal asks it to stop. A signal during the start is heeded when the start is done. */
export const run: Command<StartOptions> = async (options, { config, terminal }) => {
  const stop = stopRequested();
  const main = await loadMain();
  const installation = await main.openInstallation(config, terminal);
  const server = await installation.start(options).catch(async (error: unknown) => {
    await installation.close();
    throw error;
  });
  for (const line of server.lines) terminal.print(line);
  await stop;
  await terminal.stage('Stopping', () => server.stop());
  return 0;
};
