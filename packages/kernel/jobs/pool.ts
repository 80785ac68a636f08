/** One life of a worker pool: from its connections to its end. `runner.ts` starts another when it ends unasked. */
import { parseCronItems, run, type WorkerPool } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { redact } from './errors.ts';
import type { Schedule } from './job.ts';
import { createLease, recoverLostJobs } from './lease.ts';
import { graphileLogger } from './log.ts';
import { scheduleKey } from './schedules.ts';
import { taskList, type AnyJob } from './tasks.ts';

export interface JobOptions {
  /** Of a role with the rights that `installJobs` gives to `milpa_control`. */
  connectionString: string;
  jobs: AnyJob[];
  schedules: Schedule[];
  /** Jobs at a time in this process. */
  concurrency: number;
  log: Logger;
  /** Awaited before each job: people who wait go before work that can. */
  ready?: () => Promise<void>;
}

export interface Pool {
  listening(): boolean;
  /** Jobs running now. */
  active(): number;
  /** Settles when the pool has ended, whatever the reason; never rejects. */
  ended: Promise<void>;
  stop(graceMs: number): Promise<void>;
}

/** New jobs announce themselves; polling finds those whose time has come. */
const pollMs = 5_000;
const recoverMs = 60_000;
const listenMs = 10_000;
/** What a job has to end after its signal was aborted. */
const abortMs = 1_000;
/** Ticks that were missed while no process ran are made up for this long, as one run. */
const catchUpMs = 24 * 3_600_000;

/** @throws when the database cannot be reached or its queue is not installed */
export async function startPool({ connectionString, jobs, schedules, concurrency, log, ready }: JobOptions): Promise<Pool> {
  const interruption = new AbortController();
  const tasks = taskList(jobs, { log, signal: interruption.signal, ...(ready ? { ready } : {}) });
  const parsedCronItems = parseCronItems(schedules.map(cronItem));
  const database = connect(connectionString, concurrency + 3, log);
  const lease = createLease(database, concurrency, log);
  let workers: WorkerPool | undefined;
  lease.events.on('pool:create', ({ workerPool }) => { workers = workerPool; });

  const runner = await recoverLostJobs(database, log).then(() => run({
    pgPool: database, schema: 'graphile_worker', logger: graphileLogger(log), noHandleSignals: true, concurrency, pollInterval: pollMs,
    events: lease.events, taskList: tasks, parsedCronItems,
    // Without a batch delay the library does not wait for "job done" to be written, nor hear of its failure.
    preset: { extends: [lease.preset], worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })).catch(async (error: unknown) => { await database.end(); throw error; });

  const recovery = setInterval(() => {
    recoverLostJobs(database, log).catch((error: unknown) => log.warn(`Lost jobs were not looked for: ${redact(String(error))}`));
  }, recoverMs);
  const ended = runner.promise
    .catch((error: unknown) => log.warn(`The job worker ended: ${redact(String(error))}`))
    .then(async () => {
      clearInterval(recovery);
      await lease.release();
      await database.end();
    });
  // Whoever starts the pool may count on being heard; when listening fails or takes long, polling finds the jobs.
  await within(Promise.race([lease.settled, ended]), listenMs);

  return {
    ended,
    listening: lease.listening,
    active: () => workers?._workers.filter((worker) => worker.getActiveJob()).length ?? 0,
    async stop(graceMs) {
      runner.stop().catch(() => {}); // already stopping by itself
      if (await within(ended, graceMs)) return;
      log.warn('Jobs are interrupted: their grace is over');
      await forgetTries(database, workers?.id).catch((error: unknown) => log.warn(`Tries were counted: ${redact(String(error))}`));
      interruption.abort(new Error('jobs.interrupted: the process is stopping'));
      if (await within(ended, abortMs)) return;
      await Promise.resolve(workers?.forcefulShutdown('jobs.interrupted: the process stopped')).catch(() => {});
      await ended;
    },
  };
}

function cronItem({ name, cron, job, payload }: Schedule) {
  return { task: job.name, match: cron, identifier: name, payload, options: { backfillPeriod: catchUpMs, maxAttempts: job.maxAttempts, jobKey: scheduleKey(name) } };
}

/** A pool whose broken connections are logged instead of ending the process. */
export function connect(connectionString: string, max: number, log: Logger): pg.Pool {
  const database = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 10_000, application_name: 'milpa-jobs' });
  const report = (error: Error) => log.warn(`A connection of the job worker broke: ${redact(error.message)}`);
  database.on('error', report);
  database.on('connect', (client) => client.on('error', report));
  return database;
}

/** An interrupted try is not the job's fault. */
async function forgetTries(database: pg.Pool, pool: string | undefined): Promise<void> {
  await database.query('update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0), updated_at = now() where locked_by = $1', [pool]);
}

/** Whether `work` settled within the time. */
async function within(work: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true as const), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
