import { type Command } from './command.ts';
import { withInstallation } from './installation.ts';

export const run: Command<object> = async (_options, { config, terminal }) =>
  withInstallation(config, terminal, async (installation) => {
    const applied = await terminal.stage('Migrating', (progress) => installation.migrate(progress));
    for (const name of applied) terminal.print(name);
    if (applied.length === 0) terminal.print('Nothing to do: the database is up to date.');
    return 0;
  });
