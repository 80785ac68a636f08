import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, ownerName, readPassword } from './cluster.ts';
import { DatabaseError } from './error.ts';
import { type Postmaster } from './postmaster.ts';
import { isAlive } from './process.ts';

// "milpa" in ASCII. Advisory locks are known by number; nothing else takes locks in the database "postgres".
const lockKey = '469853433953';
const applicationPrefix = 'milpa server ';
// A killed server's connection is closed by the kernel at once, but its session may need a moment to notice,
// and a process that was just killed looks alive for an instant.
const releaseMilliseconds = { alive: 300, dead: 3000 };

/** `unavailable`: PostgreSQL is starting or stopping and takes no sessions now. */
export type LockResult = { lock: pg.Client } | { heldBy: string } | 'unavailable';

/**
 * Takes the right to be the one server on this cluster: an advisory lock that lives as long as its connection,
 * and so ends with the process that took it, however that ends.
 */
export async function takeLock(cluster: Cluster, postmaster: Postmaster): Promise<LockResult> {
  const client = new pg.Client({
    host: postmaster.socketDir || '127.0.0.1',
    port: postmaster.port,
    user: ownerName,
    password: readPassword(cluster),
    database: 'postgres',
    application_name: `${applicationPrefix}${process.pid}`,
    keepAlive: true,
  });
  // A lost connection is also told by "end"; without a listener "error" would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const startedAt = performance.now();
    for (;;) {
      if (await tryLock(client)) return { lock: client };
      const heldBy = await holder(client);
      if (performance.now() - startedAt > releaseMilliseconds[isAlive(Number(heldBy)) ? 'alive' : 'dead']) {
        await client.end();
        return { heldBy };
      }
      await sleep(50);
    }
  } catch (error) {
    await client.end().catch(() => {});
    if (!isUnavailable(error))
      throw new DatabaseError('database.startFailed', `The database in ${cluster.root} runs but refuses its owner: ${String(error)}`, {
        cause: error,
      });
    return 'unavailable';
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${lockKey}) AS taken`);
  return rows[0]?.taken === true;
}

/** The process number of the server that holds the lock; 0 when it has just given it back. */
async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity
     JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = ${lockKey}`,
  );
  return rows[0]?.name.replace(applicationPrefix, '') ?? '0';
}

function isUnavailable(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  // 57P01 to 57P03: being shut down, crashed, starting up. The others: the socket is not there yet or no longer.
  if (['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'].includes(code ?? '')) return true;
  return /Connection terminated|connection error/.test(message ?? '');
}
