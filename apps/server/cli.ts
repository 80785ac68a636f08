import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { type Command as Run } from './commands/command.ts';
import { configExitCode, ConfigError, loadConfig } from './config.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong usage, ${configExitCode} wrong configuration.
Environment: PORT, HOST, BASE_URL, MILPA_DATA, DATABASE_URL, NODE_ENV, LOG_LEVEL, SECRET, SMTP_URL, TRUST_PROXY, METRICS_TOKEN,
RATE_LIMIT_ADDRESS, RATE_LIMIT_MEMBER, MAX_PENDING_REQUESTS, WORKERS, ANSWER_CACHE_MB, OTEL_EXPORTER_OTLP_ENDPOINT. Without any, all is kept in ./.milpa and served at http://localhost:3000.`;
const usageExitCode = 2;
const faults = [TypeError, ReferenceError, RangeError, SyntaxError];

const example = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  npm run milpa -- ${line}`).join('\n')}`;

/**
 * Runs the command line.
 * @param args without the names of the runtime and the script
 * @returns the exit code
 */
export async function main(
  args: string[],
  env: Record<string, string | undefined>,
  terminal: Terminal = createTerminal(),
): Promise<number> {
  let exitCode = 0;
  /** Loads a command only when it is asked for, reads the configuration, and keeps its exit code. */
  const runs =
    <Options>(load: () => Promise<Run<Options>>, options: () => Options) =>
    async (): Promise<void> => {
      const config = loadConfig(env);
      for (const warning of config.warnings) terminal.warn(warning);
      const run = await load();
      exitCode = await run(options(), { config, terminal });
    };
  try {
    await buildProgram(runs, terminal).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, terminal);
  }
}

type Runs = <Options>(load: () => Promise<Run<Options>>, options: () => Options) => () => Promise<void>;

function buildProgram(runs: Runs, terminal: Terminal): Command {
  const program = new Command('milpa')
    .description('One platform on which an organisation that teaches runs all of its work.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.usage(text) })
    .showHelpAfterError('(--help says what is possible)')
    .addHelpText('after', example('start', 'tenant list', 'doctor') + '\n' + exitCodes);

  const start = program.command('start').description('start the server; on the first run, with five demo organisations');
  start
    .option('--no-demo', 'start without demo organisations')
    .addHelpText(
      'after',
      example('start', 'start --no-demo') + '\n\nCtrl-C finishes what is under way and stops; a second Ctrl-C stops at once.',
    )
    .action(
      runs(
        async () => (await import('./commands/start.ts')).run,
        () => start.opts(),
      ),
    );

  program.command('work', { hidden: true }).action(runs(async () => (await import('./commands/work.ts')).run, () => ({})));

  program
    .command('migrate')
    .description('bring the database up to date')
    .addHelpText('after', example('migrate'))
    .action(
      runs(
        async () => (await import('./commands/migrate.ts')).run,
        () => ({}),
      ),
    );

  program
    .command('seed')
    .description('plant the demo organisations that are not there')
    .addHelpText('after', example('seed'))
    .action(
      runs(
        async () => (await import('./commands/seed.ts')).run,
        () => ({}),
      ),
    );

  addTenantCommands(program, runs);
  addCourseCommands(program, runs);

  const doctor = program.command('doctor').description('say what is wrong with this installation, and how to mend it');
  doctor
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', example('doctor', 'doctor --json') + '\n\nExits with 1 when a check fails.')
    .action(
      runs(
        async () => (await import('./commands/doctor.ts')).run,
        () => doctor.opts(),
      ),
    );
  return program;
}

function addTenantCommands(program: Command, runs: Runs): void {
  const tenant = program.command('tenant').description('create, list and suspend tenants');

  const create = tenant.command('create').description('open a new tenant').argument('<slug>', 'its name in addresses: <slug>.<host>');
  create
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--blueprint <blueprint>', 'its starting shape, such as academy or school')
    .option('--plan <plan>', 'short name of its plan (default: the one on which new tenants of the blueprint start)')
    .option('--locale <locale>', "language: en, es-MX or ar (default: the blueprint's)")
    .option('--admin <email>', 'who is invited to run it')
    .option('--json', 'print the tenant as JSON')
    .addHelpText('after', example('tenant create tlalli --name "Academia Tlalli" --blueprint academy --locale es-MX --admin ana@tlalli.example'))
    .action(
      runs(
        async () => (await import('./commands/tenant.ts')).create,
        () => ({ slug: String(create.args[0]), ...create.opts<{ name: string; blueprint: string }>() }),
      ),
    );

  const list = tenant.command('list').description('list all tenants');
  list
    .option('--json', 'print them as JSON')
    .addHelpText('after', example('tenant list', 'tenant list --json'))
    .action(
      runs(
        async () => (await import('./commands/tenant.ts')).list,
        () => list.opts(),
      ),
    );

  const suspend = tenant.command('suspend').description('close a tenant to its people, keeping its data').argument('<slug>', 'the tenant');
  suspend
    .requiredOption('--reason <reason>', 'kept in the audit log')
    .option('--json', 'print the tenant as JSON')
    .addHelpText('after', example('tenant suspend tlalli --reason "unpaid since May"'))
    .action(
      runs(
        async () => (await import('./commands/tenant.ts')).suspend,
        () => ({ slug: String(suspend.args[0]), ...suspend.opts<{ reason: string }>() }),
      ),
    );
}

function addCourseCommands(program: Command, runs: Runs): void {
  const course = program.command('course').description('bring in courses, and take them along');
  const exports = course.command('export').description('write a course as a Common Cartridge, or as a zip of Markdown');
  exports
    .argument('<slug>', 'the course’s address')
    .requiredOption('--tenant <slug>', 'the tenant that has the course')
    .addOption(new Option('--format <format>', 'what to write').choices(['cc', 'markdown']).default('cc'))
    .option('--out <file>', 'where to write it; else here, under the course’s address')
    .addHelpText('after', example('course export algebra --tenant academy', 'course export algebra --tenant academy --format markdown --out algebra.zip'))
    .action(
      runs(
        async () => (await import('./commands/course.ts')).exportCourse,
        () => ({ slug: String(exports.args[0]), ...exports.opts<{ tenant: string; format: 'cc' | 'markdown'; out?: string }>() }),
      ),
    );
  const imports = course.command('import').description('import a Common Cartridge, a Canvas export, or a folder or zip of Markdown');
  imports
    .argument('<file>', 'the package or folder')
    .requiredOption('--tenant <slug>', 'the tenant that receives the course')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', example('course import algebra.imscc --tenant academy', 'course import ./my-course --tenant academy --json'))
    .action(
      runs(
        async () => (await import('./commands/course.ts')).importCourse,
        () => ({ file: String(imports.args[0]), ...imports.opts<{ tenant: string }>() }),
      ),
    );
}

/** Tells what went wrong, without a stack trace where the message is made for people. */
function report(error: unknown, terminal: Terminal): number {
  // Commander has already told it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof ConfigError) {
    terminal.fail(error.message);
    return configExitCode;
  }
  if (!(error instanceof Error)) terminal.fail(String(error));
  // A fault of the program itself: who reports it needs the place.
  else if (faults.some((fault) => error instanceof fault)) terminal.fail(error.stack ?? error.message);
  else terminal.fail(error.message);
  return 1;
}

if (import.meta.main) {
  // What was compiled once, types stripped, is kept: the next start takes half the time, and less memory.
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compiled'));
  process.exit(await main(process.argv.slice(2), process.env));
}
