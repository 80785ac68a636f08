import { once } from 'node:events';
import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, majorVersion } from './binaries.ts';
import { checkCluster, clusterAt, type Cluster, ensureCluster, ownerName, readPassword } from './cluster.ts';
import { DatabaseError } from './error.ts';
import { takeLock } from './lock.ts';
import { findPostmaster, launch, type LaunchOptions, type Postmaster, stopPostmaster } from './postmaster.ts';
import { databaseUser, grantPassage, grantReading } from './user.ts';

export { DatabaseError, type DatabaseErrorCode } from './error.ts';

/** A database that is ready for use. */
export interface Database {
  /** connection of the owner, who may do everything in it */
  url: string;
  /** true for the PostgreSQL that this process started */
  embedded: boolean;
  /** the folder that holds the embedded database; null for one that somebody else runs */
  dataDir: string | null;
  /** Ends the embedded database and returns when its process is gone; does nothing to another. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** the installation's data folder; the database lies in `postgres/` below it. Created when absent */
  dataDir: string;
  log(message: string): void;
  /** PostgreSQL settings that differ from the durable defaults */
  settings?: Record<string, string>;
}

const defaultSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Every query here is short: compiling one costs more than running it.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const startSeconds = 60;
const restartSeconds = 5;
// The address of a unix socket holds 107 bytes on Linux and 103 on macOS.
const maximumSocketPath = 103;

/**
 * Starts the PostgreSQL that comes with the product, creating the database on the first start. A PostgreSQL that a killed server
 * left behind is stopped first, and one that ends while in use is started again at the same address.
 * @throws DatabaseError with a message for the operator; `database.inUse` when another server works on the same folder
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const settings = { ...defaultSettings, ...options.settings };
  const binaries = findBinaries();
  const user = databaseUser(options.log);
  if (user) {
    grantPassage(binaries.root, user, options.log);
    grantReading(binaries.root, user);
    grantPassage(path.join(dataDir, 'postgres'), user, options.log);
  }
  const installedMajor = majorVersion(binaries, user);
  const cluster = await ensureCluster({ dataDir, binaries, user, durable: settings['fsync'] !== 'off', log: options.log });
  checkCluster(cluster, installedMajor, user);
  const hasSocket = Buffer.byteLength(path.join(cluster.run, '.s.PGSQL.65535')) <= maximumSocketPath;
  settings['unix_socket_directories'] = hasSocket ? cluster.run : '';
  return supervise(cluster, { binaries, user, settings }, options.log);
}

/**
 * The embedded database for one piece of work beside a server: the server's own while it runs (which `stop` leaves alone), else started.
 * @throws DatabaseError
 */
export async function joinDatabase(options: DatabaseOptions): Promise<Database> {
  try {
    return await startDatabase(options);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === 'database.inUse')) throw error;
    const cluster = clusterAt(path.join(realpathSync(options.dataDir), 'postgres'));
    const running = findPostmaster(cluster);
    if (!running) throw error;
    return { url: connectionUrl(cluster, running), embedded: true, dataDir: cluster.root, stop: async () => {} };
  }
}

/**
 * A PostgreSQL that somebody else runs.
 * @throws DatabaseError `database.unreachable`, `database.wrongVersion`
 */
export async function externalDatabase(url: string): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  let version: number;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int AS version");
    version = rows[0]?.version ?? 0;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
    throw new DatabaseError('database.unreachable', `The database of DATABASE_URL does not answer: ${reason}`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
  if (version < 180_000) {
    const major = Math.floor(version / 10_000);
    throw new DatabaseError(
      'database.wrongVersion',
      `The database of DATABASE_URL is PostgreSQL ${major}; PostgreSQL 18 or later is needed.`,
    );
  }
  return { url, embedded: false, dataDir: null, stop: async () => {} };
}

type Fixed = Omit<LaunchOptions, 'port'>;

/** PostgreSQL running, and the lock that makes this process its only server. */
interface Held {
  postmaster: Postmaster;
  lock: pg.Client;
}

async function supervise(cluster: Cluster, fixed: Fixed, log: (message: string) => void): Promise<Database> {
  let held = await acquire(cluster, fixed, null, log);
  const stopping = new AbortController();
  let recovery: Promise<void> = Promise.resolve();

  const recover = async (): Promise<void> => {
    log('The database went away; starting it again');
    while (!stopping.signal.aborted) {
      try {
        held = await acquire(cluster, fixed, held.postmaster, log);
        log('The database is back');
        return watch();
      } catch (error) {
        log(`The database cannot be started: ${(error as Error).message}`);
        await sleep(restartSeconds * 1000, null, { signal: stopping.signal }).catch(() => {});
      }
    }
  };
  const watch = (): void => {
    held.lock.once('end', () => {
      if (!stopping.signal.aborted) recovery = recover();
    });
  };
  const stop = async (): Promise<void> => {
    stopping.abort();
    await recovery;
    // The lock goes with PostgreSQL itself: given back earlier, another server could come in between.
    await stopPostmaster(cluster, held.postmaster.pid);
    await held.lock.end().catch(() => {});
  };

  try {
    await createDatabase(held.lock);
  } catch (error) {
    await stop();
    throw error;
  }
  watch();
  let stopped: Promise<void> | null = null;
  return { url: connectionUrl(cluster, held.postmaster), embedded: true, dataDir: cluster.root, stop: () => (stopped ??= stop()) };
}

/**
 * Makes this process the one server on the cluster.
 * @param previous the PostgreSQL that this process started before: kept if it still runs, else replaced at the same port
 */
async function acquire(cluster: Cluster, fixed: Fixed, previous: Postmaster | null, log: (message: string) => void): Promise<Held> {
  const deadline = performance.now() + startSeconds * 1000;
  let own = previous;
  let obstacle = '';
  for (; performance.now() < deadline; await sleep(50)) {
    let running = findPostmaster(cluster);
    if (!running) {
      const started = await launch(cluster, { ...fixed, port: previous?.port ?? (await freePort()) });
      if (!started.ready) {
        obstacle = started.reason;
        if (isPassing(obstacle)) continue;
        break;
      }
      own = running = started.ready;
    }
    const result = await takeLock(cluster, running);
    if (result === 'unavailable') continue;
    if ('heldBy' in result) throw inUse(cluster, result.heldBy);
    if (running.pid === own?.pid) {
      removeOldSockets(cluster, running.port);
      return { postmaster: running, lock: result.lock };
    }
    log('Stopping the database that a killed server left behind');
    await stopPostmaster(cluster, running.pid);
    await result.lock.end().catch(() => {});
  }
  throw new DatabaseError('database.startFailed', `The database did not start. Its log is ${cluster.logFile}.\n${obstacle}`.trim());
}

/** Removes the sockets that crashed servers left behind; for the holder of the lock alone, who knows that none of them is in use. */
function removeOldSockets(cluster: Cluster, port: number): void {
  for (const name of readdirSync(cluster.run)) {
    if (!name.startsWith(`.s.PGSQL.${port}`)) rmSync(path.join(cluster.run, name), { force: true });
  }
}

/** Obstacles that go away by themselves: another server's start or stop, the end of a killed one's processes, a port taken in between. */
function isPassing(reason: string): boolean {
  return /^PostgreSQL ended with code 0\n|lock file .* already exists|pre-existing shared memory|could not (bind|create any TCP)/.test(
    reason,
  );
}

function inUse(cluster: Cluster, heldBy: string): DatabaseError {
  return new DatabaseError(
    'database.inUse',
    `Another server (process ${heldBy}) already works on ${path.dirname(cluster.root)}. ` +
      'Stop it first, or give this one a folder of its own with MILPA_DATA.',
  );
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [ownerName]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${ownerName}`);
}

function connectionUrl(cluster: Cluster, postmaster: Postmaster): string {
  const address = `postgres://${ownerName}:${readPassword(cluster)}@127.0.0.1:${postmaster.port}/${ownerName}`;
  return postmaster.socketDir ? `${address}?host=${encodeURIComponent(postmaster.socketDir)}` : address;
}
