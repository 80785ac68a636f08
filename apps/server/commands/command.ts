import { type Config } from '../config.ts';
import { type Terminal } from '../terminal.ts';

/** What every command receives besides its own options. */
export interface CommandContext {
  config: Config;
  terminal: Terminal;
}

/** A command: resolves to the exit code, 0 for done, 1 for failed. */
export type Command<Options> = (options: Options, context: CommandContext) => Promise<number>;
