import { type Command } from './command.ts';
import { withInstallation } from './installation.ts';

export const run: Command<object> = async (_options, { config, terminal }) => {
  if (config.environment === 'production') {
    terminal.fail('Demo organisations are not planted with NODE_ENV=production: their sign-ins are public.');
    return 1;
  }
  return withInstallation(config, terminal, async (installation) => {
    const planted = await terminal.stage('Planting the demo organisations', (progress) => installation.seed(progress));
    terminal.print(planted.length === 0 ? 'Nothing to do: they are all there.' : `Planted ${planted.join(', ')}.`);
    return 0;
  });
};
