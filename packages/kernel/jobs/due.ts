/** Running what is due, once: for tests, which then need no waiting, and for the command line. */
import { runOnce } from 'graphile-worker';
import type pg from 'pg';
import { graphileLogger } from './log.ts';
import type { Schedule } from './job.ts';
import { connect, type JobOptions } from './pool.ts';
import { scheduleKey, tickIn } from './schedules.ts';
import { taskList } from './tasks.ts';

export interface DueOptions extends Pick<JobOptions, 'connectionString' | 'jobs' | 'log'> {
  /** Those with a tick in the minute of `at` are run; the same tick is run once however often this is called. */
  schedules?: Schedule[];
  /** Runs what is due until then, such as delayed jobs and later tries; each waiting job gets one try a call. Now if absent. */
  at?: Date;
}

/** Runs every due job, one after another, including those that they enqueue, and returns when none is left. */
export async function runDueJobs({ connectionString, jobs, log, schedules = [], at = new Date() }: DueOptions): Promise<void> {
  const tasks = taskList(jobs, { log, signal: new AbortController().signal });
  const database = connect(connectionString, 3, log);
  try {
    for (const schedule of schedules) await enqueueTick(database, schedule, at);
    await database.query(`
      update graphile_worker._private_jobs set run_at = now() where run_at > now() and run_at <= $1 and is_available`, [at]);
    await runOnce({
      pgPool: database, schema: 'graphile_worker', logger: graphileLogger(log), noHandleSignals: true, taskList: tasks,
      preset: { worker: { concurrentJobs: 1, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
  } finally {
    await database.end();
  }
}

/** Enqueues a schedule's job if it has a tick in this minute; shares the library's own record of ticks. */
async function enqueueTick(database: pg.Pool, schedule: Schedule, at: Date): Promise<void> {
  const { name, job, payload } = schedule;
  const minute = tickIn(schedule, at);
  if (!minute) return;
  await database.query(`
    with tick as (
      insert into graphile_worker._private_known_crontabs as known (identifier, known_since, last_execution) values ($1, $2, $2)
      on conflict (identifier) do update set last_execution = excluded.last_execution
      where known.last_execution is distinct from excluded.last_execution returning identifier
    )
    select job.id from tick, graphile_worker.add_job($3, $4::json, max_attempts := $5::int, job_key := $6) as job`,
  [name, minute, job.name, JSON.stringify(payload), job.maxAttempts, scheduleKey(name)]);
}
