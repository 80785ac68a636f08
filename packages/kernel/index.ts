/** What every module stands on. Browser-safe definitions are in `@milpa/kernel/contract`. */
import './database/tables.ts';

export * from './actor.ts';
export * from './clock.ts';
export * from './problem.ts';
export { problems } from './problems.ts';
export * from './tenant.ts';
export * from './module.ts';
export * from './enqueue.ts';
export * from './page.ts';
export * from './present.ts';
export * from './version.ts';
export * from './mail.ts';
export * from './telemetry.ts';
export * from './text.ts';
export * from './invoke.ts';
export * from './database/database.ts';
export * from './database/migrate.ts';
export * from './outbox/outbox.ts';
export * from './audit/audit.ts';
export * from './http/api.ts';
export * from './http/context.ts';
export * from './http/security.ts';
export * from './http/rate-limit.ts';
export * from './http/metrics.ts';
export * from './http/spool.ts';
export { defineJob, type Job, type JobContext, type Schedule } from './jobs/job.ts';
export { sql } from 'kysely';
