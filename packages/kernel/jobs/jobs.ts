/** Jobs and schedules: what other packages may use of them. The queue is graphile-worker's (docs/decisions/0003-jobs.md). */
export { defineJob, type Job, type JobContext, type Schedule } from './job.ts';
export { enqueueSql, type JobRequest } from './enqueue.ts';
export { installJobs } from './install.ts';
export { startJobs, type JobHealth, type JobRunner } from './runner.ts';
export type { JobOptions } from './pool.ts';
export { runDueJobs, type DueOptions } from './due.ts';
export { countJobs, discardJobs, discardOf, listJobs, placeOf, queueVitals, retryKind, retryParked, tenantsWithJobs, type JobCount, type JobFilter, type JobState, type QueuedJob, type QueueVitals } from './queue.ts';
export { lastTick, listScheduleRuns, nextTick, type ScheduleRun } from './schedules.ts';
