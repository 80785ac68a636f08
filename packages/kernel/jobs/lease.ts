/**
 * Which workers are alive. Graphile-worker frees the jobs of a killed process after four hours only; here every worker pool holds an
 * advisory lock on its name for as long as it lives, and whoever looks for lost jobs takes those whose pool's lock is free. A pool
 * takes no job before it has its lock. Needs a connection of its own to the server, as LISTEN does: no transaction pooler between.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';
import { redact } from './errors.ts';

/** The first half of the advisory lock's key; any number that nothing else uses. */
export const lockSpace = 772_001;
/** Before the lock is taken again on a new connection. */
const reconnectMs = 500;

export interface Lease {
  events: WorkerEvents;
  preset: GraphileConfig.Preset;
  listening(): boolean;
  /** Settles when the pool listens for the first time, or when it failed to and goes on by looking. */
  settled: Promise<void>;
  release(): Promise<void>;
}

/** Events and plugin by which one worker pool takes its lock and keeps it until released. */
export function createLease(database: pg.Pool, concurrency: number, log: Logger): Lease {
  const events: WorkerEvents = new EventEmitter();
  const held = Promise.withResolvers<void>();
  const released = new AbortController();
  let holding = Promise.resolve();
  const settled = Promise.withResolvers<void>();
  let listener: pg.PoolClient | undefined;
  let listening = false;

  async function hold(pool: string): Promise<void> {
    while (!released.signal.aborted) {
      await holdOnce(pool).catch((error: unknown) => log.warn(`The worker's lock was lost: ${redact(String(error))}`));
      await delay(reconnectMs, undefined, { signal: released.signal }).catch(() => {});
    }
  }

  /** Resolves when released, rejects when the connection broke. */
  async function holdOnce(pool: string): Promise<void> {
    const client = await database.connect();
    try {
      const end = once(client, 'end', { signal: released.signal }); // rejects with the connection's error
      // Shared, so that a new connection need not wait until the server has noticed the end of the old one.
      await Promise.race([end, client.query('select pg_advisory_lock_shared($1, hashtext($2))', [lockSpace, pool])]);
      held.resolve();
      await end;
    } catch (error) {
      if (!released.signal.aborted) throw error;
    } finally {
      client.release(true); // the lock ends with its connection
    }
  }

  events.on('pool:create', ({ workerPool }) => { holding = hold(workerPool.id); });
  events.on('pool:listen:success', ({ workerPool, client }) => {
    listener = client;
    // The library sends LISTEN right after it says so: what is asked next is answered when it holds.
    queueMicrotask(() => client.query('select').then(() => {
      if (listener !== client) return;
      listening = true;
      settled.resolve();
      // Jobs that were added while nobody listened have not been announced.
      workerPool.nudge(concurrency);
    }).catch(() => {})); // a connection that broke, and a pool that stops, are told by events of their own
  });
  const deaf = () => {
    listener = undefined;
    listening = false;
    settled.resolve();
  };
  events.on('pool:listen:release', deaf);
  events.on('pool:listen:error', deaf);

  return {
    events,
    preset: { plugins: [{ name: 'MilpaLease', version: '1.0.0', worker: { hooks: { startWorker: () => held.promise } } }] },
    listening: () => listening,
    settled: settled.promise,
    async release() {
      released.abort();
      await holding;
    },
  };
}

/** Frees the jobs of pools that ended without freeing them; the try counts, so a job that kills its process is parked in the end. */
export async function recoverLostJobs(database: pg.Pool, log: Logger): Promise<void> {
  const { rows } = await database.query<{ id: string }>(`
    with lost as materialized (
      select locked_by as pool from (
        select distinct locked_by from graphile_worker._private_jobs where locked_by like 'pool-%'
      ) as holders where pg_try_advisory_xact_lock($1, hashtext(locked_by))
    )
    update graphile_worker._private_jobs as jobs
    set locked_at = null, locked_by = null, run_at = greatest(run_at, now()), updated_at = now(),
      last_error = 'jobs.processLost: the process ended while the job ran'
    from lost where jobs.locked_by = lost.pool returning jobs.id`, [lockSpace]);
  if (rows.length > 0) log.warn({ jobIds: rows.map(({ id }) => id) }, 'Jobs of a lost process were freed');
}
