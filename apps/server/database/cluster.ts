import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type Binaries } from './binaries.ts';
import { DatabaseError } from './error.ts';
import { isAlive } from './process.ts';
import { asUser, childEnvironment, giveTo, type SystemUser } from './user.ts';

/** The name of the owning role and of the database. */
export const ownerName = 'milpa';

/** The files of one PostgreSQL below the installation's data folder. */
export interface Cluster {
  /** all that belongs to PostgreSQL; renamed into place when complete */
  root: string;
  /** PostgreSQL's own data directory */
  data: string;
  /** folder of the unix socket */
  run: string;
  passwordFile: string;
  logFile: string;
}

export function clusterAt(root: string): Cluster {
  return {
    root,
    data: path.join(root, 'data'),
    run: path.join(root, 'run'),
    passwordFile: path.join(root, 'password'),
    logFile: path.join(root, 'postgres.log'),
  };
}

export function readPassword(cluster: Cluster): string {
  return readFileSync(cluster.passwordFile, 'utf8').trim();
}

export interface CreateOptions {
  dataDir: string;
  binaries: Binaries;
  user: SystemUser | null;
  /** false leaves writing to disk to the operating system: for tests */
  durable: boolean;
  log(message: string): void;
}

/**
 * The cluster in `dataDir`, created when absent. It is made under a temporary name and renamed when complete,
 * so that an interrupted creation leaves nothing that looks like a database.
 * @throws DatabaseError `database.initFailed`
 */
export async function ensureCluster(options: CreateOptions): Promise<Cluster> {
  const cluster = clusterAt(path.join(options.dataDir, 'postgres'));
  if (existsSync(cluster.root)) return cluster;
  removeUnfinished(options.dataDir);
  options.log('Creating the database');
  const unfinished = clusterAt(mkdtempSync(path.join(options.dataDir, `${unfinishedPrefix}${process.pid}-`)));
  // Passing through is for PostgreSQL's own user; the password file in it keeps its own mode.
  chmodSync(unfinished.root, 0o711);
  for (const folder of [unfinished.data, unfinished.run]) {
    mkdirSync(folder, { mode: 0o700 });
    if (options.user) chownSync(folder, options.user.uid, options.user.gid);
  }
  writeFileSync(unfinished.passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  await runInitdb(unfinished, options);
  try {
    renameSync(unfinished.root, cluster.root);
  } catch (error) {
    // Another server finished first: its database counts.
    rmSync(unfinished.root, { recursive: true, force: true });
    if (!existsSync(cluster.data)) throw error;
  }
  return cluster;
}

const unfinishedPrefix = 'postgres.unfinished-';

function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    const folder = path.join(dataDir, name);
    const pid = Number.parseInt(name.slice(unfinishedPrefix.length), 10);
    // In a container the same number comes back at each start, so that our own counts only since we started.
    const isInTheMaking = pid === process.pid ? statSync(folder).mtimeMs > performance.timeOrigin : isAlive(pid);
    if (!isInTheMaking) rmSync(folder, { recursive: true, force: true });
  }
}

async function runInitdb(cluster: Cluster, options: CreateOptions): Promise<void> {
  // initdb reads the password as its own user, who may not read ours.
  const passwordCopy = path.join(cluster.run, 'password');
  writeFileSync(passwordCopy, readPassword(cluster), { mode: 0o600 });
  if (options.user) chownSync(passwordCopy, options.user.uid, options.user.gid);
  const flags = [
    `--pgdata=${cluster.data}`,
    `--username=${ownerName}`,
    `--pwfile=${passwordCopy}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  if (!options.durable) flags.push('--no-sync');
  const child = spawn(options.binaries.initdb, flags, {
    ...asUser(options.user),
    cwd: '/',
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const failure = await new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? null : `initdb ended with ${signal ?? `code ${code}`}`));
  });
  rmSync(passwordCopy);
  if (failure === null) return;
  rmSync(cluster.root, { recursive: true, force: true });
  throw new DatabaseError('database.initFailed', `The database could not be created in ${options.dataDir}: ${failure}\n${output.trim()}`);
}

/**
 * Checks that this cluster was written by the PostgreSQL that is installed, and that we may use its files.
 * @throws DatabaseError `database.wrongVersion`, `database.notOurs`
 */
export function checkCluster(cluster: Cluster, installedMajor: number, user: SystemUser | null): void {
  if (user) giveTo(user, cluster.data);
  if (user) giveTo(user, cluster.run);
  const owner = statSync(cluster.data).uid;
  const self = user?.uid ?? process.getuid?.();
  if (self !== undefined && owner !== self) {
    throw new DatabaseError(
      'database.notOurs',
      `The database in ${cluster.root} belongs to another system user (number ${owner}): it was created by a server started as root or as ` +
        'somebody else. Start as that user, or give the folder to yourself with "chown -R", or choose another place with MILPA_DATA.',
    );
  }
  const major = Number.parseInt(readFileSync(path.join(cluster.data, 'PG_VERSION'), 'utf8'), 10);
  if (major === installedMajor) return;
  throw new DatabaseError(
    'database.wrongVersion',
    `The database in ${cluster.root} was written by PostgreSQL ${major}; installed is PostgreSQL ${installedMajor}. ` +
      `Go back to the release that brought PostgreSQL ${major}, dump the database there, and restore it into an empty folder (MILPA_DATA).`,
  );
}
