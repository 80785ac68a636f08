/** What a job and a schedule are. A job runs at least once and may run again after a crash: `run` must be idempotent. */
import type { Logger } from 'pino';
import type { z } from 'zod';

export interface JobContext {
  /** 1 for the first try. */
  attempt: number;
  /** No further try follows: say now what must be said when all has failed. */
  lastAttempt: boolean;
  /** Aborted when the process must stop and its grace is over; the job is then tried again later, and this try is not counted. */
  signal: AbortSignal;
  /** Tells the operator how far the job is, in per cent; absent where nobody can look. */
  progress?: (percent: number) => Promise<void>;
  /** Carries job, id and attempt in every line. */
  log: Logger;
}

export interface Job<P> {
  /** `module.verb`, such as `interop.import`. */
  name: string;
  payload: z.ZodType<P>;
  /** Tries before the job is parked; between them wait e, e², e³ … seconds, at most about six hours. */
  maxAttempts: number;
  run(payload: P, context: JobContext): Promise<void>;
}

/** Declares a job; its payload's type follows from its schema. */
export function defineJob<P>(job: Job<P>): Job<P> {
  return job;
}

export interface Schedule {
  name: string;
  /** Five fields (minute, hour, day, month, weekday), in UTC. */
  cron: string;
  // Schedules of jobs with different payloads stand in one list.
  job: Job<any>;
  payload: Record<string, unknown>;
}
