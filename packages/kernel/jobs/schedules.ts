/** Jobs by the clock: when they tick, and how their runs ended. */
import { parseCronItem, type CronMatcher } from 'graphile-worker';
import { sql, type Kysely } from 'kysely';
import type { Schedule } from './job.ts';

/** A schedule has at most one job waiting; no other job's key can look like this. */
export const scheduleKey = (name: string): string => `@schedule:${name}`;
/** The schedule that asked for a job with this key; null when none did. */
export const scheduleOf = (key: string | null): string | null => (key?.startsWith(scheduleKey('')) ? key.slice(scheduleKey('').length) : null);

const minuteMs = 60_000;
/** Farther than any schedule's next tick. */
const horizonMinutes = 366 * 24 * 60;

const floor = (at: Date) => new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
const matcherOf = ({ name, cron, job }: Pick<Schedule, 'name' | 'cron' | 'job'>): CronMatcher => parseCronItem({ task: job.name, match: cron, identifier: name }).match;
const matches = (match: CronMatcher, at: Date): boolean =>
  match({ min: at.getUTCMinutes(), hour: at.getUTCHours(), date: at.getUTCDate(), month: at.getUTCMonth() + 1, dow: at.getUTCDay() });

/** The minute of `at`, if the schedule has a tick in it. */
export function tickIn(schedule: Schedule, at: Date): Date | null {
  const minute = floor(at);
  return matches(matcherOf(schedule), minute) ? minute : null;
}

function search(schedule: Schedule, from: Date, step: number): Date | null {
  const match = matcherOf(schedule);
  for (let minutes = 0; minutes < horizonMinutes; minutes += 1) {
    const at = new Date(from.getTime() + step * minutes * minuteMs);
    if (matches(match, at)) return at;
  }
  return null;
}
/** The first tick after `at`; null when there is none within a year. */
export const nextTick = (schedule: Schedule, at: Date): Date | null => search(schedule, new Date(floor(at).getTime() + minuteMs), 1);
/** The last tick until `at`. */
export const lastTick = (schedule: Schedule, at: Date): Date | null => search(schedule, floor(at), -1);

/** What became of a schedule's runs; moments are ISO 8601, UTC. */
export interface ScheduleRun { schedule: string; knownSince: string | null; succeededAt: string | null; failedAt: string | null; lastError: string | null; durationMs: number | null }

const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The schedules that a worker has seen, by name. */
export async function listScheduleRuns(database: Kysely<any>): Promise<ScheduleRun[]> {
  const { rows } = await sql<ScheduleRun>`
    select coalesce(runs.schedule, known.identifier) as "schedule", ${moment('known.known_since')} as "knownSince", ${moment('runs.succeeded_at')} as "succeededAt",
      ${moment('runs.failed_at')} as "failedAt", runs.last_error as "lastError", runs.duration_ms as "durationMs"
    from kernel_control.schedule_run as runs full join graphile_worker._private_known_crontabs as known on known.identifier = runs.schedule order by 1`.execute(database);
  return rows;
}

/** The statement that notes how a run ended; `error` is null when it went well. */
export const noteRunSql = (schedule: string, error: string | null, durationMs: number): { text: string; values: unknown[] } => ({
  text: `insert into kernel_control.schedule_run as runs (schedule, succeeded_at, failed_at, last_error, duration_ms)
    values ($1, case when $2::text is null then now() end, case when $2::text is not null then now() end, $2, $3)
    on conflict (schedule) do update set succeeded_at = coalesce(excluded.succeeded_at, runs.succeeded_at), failed_at = coalesce(excluded.failed_at, runs.failed_at),
      last_error = excluded.last_error, duration_ms = excluded.duration_ms`,
  values: [schedule, error, durationMs],
});
