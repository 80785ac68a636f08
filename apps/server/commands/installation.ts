import { type HealthFinding } from '@milpa/kernel';
import { type Config } from '../config.ts';
import { type Progress, type Terminal } from '../terminal.ts';

/** A tenant as the command line lists it. */
export interface TenantLine {
  slug: string;
  name: string;
  blueprint: string;
  plan: string;
  status: string;
  /** where it is found */
  url: string;
}

/** One thing that an import kept, changed or dropped, with the reason. */
export interface ImportNote {
  outcome: 'kept' | 'changed' | 'dropped';
  item: string;
  reason: string;
}

export interface ImportResult {
  title: string;
  url: string;
  /** true when the same package had been imported before and no second course was made */
  repeated: boolean;
  notes: ImportNote[];
}

/** What a started server tells, to be printed. */
export interface StartedServer {
  /** lines such as addresses, demo sign-ins, where the data is */
  lines: string[];
  /** Drains requests, ends jobs and the database; a second call waits for the first. */
  stop(): Promise<void>;
}

/** The whole installation, as the commands use it. Every method may throw an error whose message is for the operator. */
export interface Installation {
  /** @returns the names of the migrations that were applied */
  migrate(progress: Progress): Promise<string[]>;
  /** Plants the demo organisations that are not there yet. @returns their slugs */
  seed(progress: Progress): Promise<string[]>;
  createTenant(input: { slug: string; name: string; blueprint: string; plan?: string; locale?: string; admin?: string }): Promise<TenantLine>;
  listTenants(): Promise<TenantLine[]>;
  suspendTenant(slug: string, reason: string): Promise<TenantLine>;
  /** @param file path of a package or folder */
  importCourse(file: string, tenantSlug: string, progress: Progress): Promise<ImportResult>;
  /** Writes a course's draft to `out`, or to a file of the course's name in this folder; answers where. */
  exportCourse(course: string, tenantSlug: string, format: 'cc' | 'markdown', out: string | undefined): Promise<string>;
  /** Brings the server up, each stage shown on the terminal. */
  start(options: StartOptions): Promise<StartedServer>;
  /** Answers requests in a process of its own, for a server that `start` has brought up. */
  work(): Promise<StartedServer>;
  /** Gives back what `openInstallation` took; not needed after `start`. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** plant the demo organisations on the first run; never in production */
  demo: boolean;
}

/** What `doctor` asks of the modules. */
export interface Probes {
  /** the database roles that serve requests, which must not bypass row-level security */
  servingRoles: readonly string[];
  /** the migrations that wait, by name */
  pendingMigrations(adminUrl: string): Promise<string[]>;
  /** whether the web application was built from its sources as they are now */
  webBuildIsFresh(): boolean;
  /** what a migrated database tells of the installation's health */
  health(adminUrl: string): Promise<HealthFinding[]>;
}

/** What `main.ts` exports for the commands. Opens the database, starting it or joining the one of a running server. */
export interface Main {
  openInstallation(config: Config, terminal: Terminal): Promise<Installation>;
  probes: Probes;
}

/** The composition root, loaded only when a command needs it: `--help` stays quick. */
export async function loadMain(): Promise<Main> {
  return import('../main.ts');
}

/** Opens the installation for one piece of work and closes it, whatever happens. */
export async function withInstallation<Result>(
  config: Config,
  terminal: Terminal,
  work: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  const main = await loadMain();
  const installation = await main.openInstallation(config, terminal);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
