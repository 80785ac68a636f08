/** Jobs as graphile-worker's tasks: payloads are checked, failures are logged once and stored without secrets. */
import type { JobHelpers, Task, TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { failureOf, storedError } from './errors.ts';
import type { Job } from './job.ts';
import { noteRunSql, scheduleOf } from './schedules.ts';

// Jobs with different payloads stand in one list.
export type AnyJob = Job<any>;

interface TaskEnvironment { log: Logger; signal: AbortSignal; ready?: () => Promise<void> }

/** @throws Error if two jobs share a name or there is none */
export function taskList(jobs: readonly AnyJob[], environment: TaskEnvironment): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs) {
    if (tasks[job.name]) throw new Error(`Two jobs are named ${job.name}`);
    tasks[job.name] = taskOf(job, environment);
  }
  if (jobs.length === 0) throw new Error('There is no job to run');
  return tasks;
}

function taskOf(job: AnyJob, { log, signal, ready }: TaskEnvironment): Task {
  return async (raw, { job: row, query }) => {
    await ready?.();
    const jobLog = log.child({ job: job.name, jobId: row.id, attempt: row.attempts });
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);

    const schedule = scheduleOf(row.key);
    /** How a schedule's run went, null for well. For the operator alone: a note that cannot be written is no reason to run the job again. */
    const note = async (went: string | null) => {
      if (schedule === null) return;
      const { text, values } = noteRunSql(schedule, went, elapsed());
      await query(text, values).catch((cause: unknown) => { jobLog.warn(`The run of a schedule was not noted: ${failureOf(cause).message}`); });
    };

    const payload = await job.payload.safeParseAsync(withoutCron(raw));
    if (!payload.success) {
      const message = `jobs.payloadInvalid: ${describeIssues(payload.error)}`;
      jobLog.error({ durationMs: elapsed() }, message);
      await park(query, row.id);
      throw new Error(message);
    }

    const lastAttempt = row.attempts >= row.max_attempts;
    let told = -1;
    const progress = async (share: number) => {
      const percent = Math.min(100, Math.max(0, Math.floor(share)));
      if (percent <= told) return;
      told = percent;
      await query('insert into kernel_control.job_progress (job_id, percent) values ($1, $2) on conflict (job_id) do update set percent = excluded.percent', [row.id, percent]);
    };
    try {
      await job.run(payload.data, { attempt: row.attempts, lastAttempt, signal, log: jobLog, progress });
      jobLog.debug({ durationMs: elapsed() }, 'Job done');
    } catch (error) {
      const failure = failureOf(error);
      const parked = lastAttempt && !signal.aborted;
      jobLog[parked ? 'error' : 'warn']({ ...failure, durationMs: elapsed(), parked }, parked ? 'Job parked' : 'Job failed, to be tried again');
      if (parked) await park(query, row.id);
      await note(storedError(failure).message);
      throw storedError(failure);
    } finally {
      if (told >= 0) await query('delete from kernel_control.job_progress where job_id = $1', [row.id]).catch(() => {}); // the next try starts from its beginning
    }
    await note(null);
  };
}

/** Uses up all attempts and notes the time; the library keeps the row, with the error that is thrown next. */
async function park(query: JobHelpers['query'], id: string): Promise<void> {
  await query('update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() where id = $1', [id]);
}

/** Scheduled jobs carry the library's own `_cron` beside the payload. */
function withoutCron(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('_cron' in raw)) return raw;
  const { _cron, ...payload } = raw;
  return payload;
}

/** Paths and kinds only: an issue's message may quote the value. */
function describeIssues(error: z.ZodError): string {
  return error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || '(payload)'} ${issue.code}`).join(', ');
}
