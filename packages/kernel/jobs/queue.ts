/** The queue as its operator sees it: what runs, what waits, what is parked because all attempts are used up. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { redact } from './errors.ts';
import { lockSpace } from './lease.ts';

export type JobState = 'running' | 'waiting' | 'parked';

export interface QueuedJob {
  id: string;
  /** The job's name; of an event on its way to a handler, with the handler's: `kernel.deliverEvent:learning.countEnrolled`. */
  kind: string;
  state: JobState;
  /** Whom it is about; null for the installation. */
  tenantId: string | null;
  attempts: number;
  maxAttempts: number;
  /** Without secrets; may begin with an error code. Empty before the first failure. */
  lastError: string;
  /** What it is to do, as JSON without secrets. */
  payload: string;
  /** ISO 8601, UTC, to the microsecond. When it was asked for, and when it is next to run. */
  createdAt: string;
  runAt: string;
  /** Since when it has been in its state, as far as the queue knows. */
  since: string;
  /** The worker that runs it, and how far it is, in per cent, if it tells. */
  worker: string | null;
  progress: number | null;
}

export interface JobFilter { state: JobState; kind?: string | undefined; tenantId?: string | undefined }

// Any database, plane or transaction will do: the queue's tables are in none of our table types.
type Database = Kysely<any>;

const states: Record<JobState, RawBuilder<unknown>> = {
  running: sql`locked_at is not null`,
  waiting: sql`attempts < max_attempts and locked_at is null`,
  parked: sql`attempts >= max_attempts and locked_at is null`,
};
const state = sql`case when ${states.running} then 'running' when ${states.waiting} then 'waiting' else 'parked' end`;
const kind = sql`tasks.identifier || coalesce(':' || (payload->>'handler'), '')`;
const queue = sql`graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id`;
const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
/** The next to run and the longest running first, what was parked last first. */
const orders = { running: { column: 'locked_at', down: false }, waiting: { column: 'run_at', down: false }, parked: { column: 'updated_at', down: true } };

/** Where a page ends: the moment that its state is ordered by, and the id. */
export const placeOf = (job: QueuedJob): [moment: string, id: string] => [job.state === 'waiting' ? job.runAt : job.since, job.id];

/** Jobs in one state; `after` is the place of the last one of the page before. */
export async function listJobs(database: Database, filter: JobFilter, limit: number, after: [moment: string, id: string] | null = null): Promise<QueuedJob[]> {
  const { column, down } = orders[filter.state];
  const conditions = [
    states[filter.state],
    ...(filter.kind === undefined ? [] : [sql`${kind} = ${filter.kind}`]),
    ...(filter.tenantId === undefined ? [] : [sql`payload->>'tenantId' = ${filter.tenantId}`]),
    ...(after === null ? [] : [sql`(jobs.${sql.ref(column)}, jobs.id) ${sql.raw(down ? '<' : '>')} (${after[0]}::timestamptz, ${after[1]}::bigint)`]),
  ];
  const direction = sql.raw(down ? 'desc' : 'asc');
  const { rows } = await sql<Omit<QueuedJob, 'payload'> & { payload: unknown }>`
    select jobs.id::text as "id", ${kind} as "kind", ${state} as "state", payload->>'tenantId' as "tenantId", attempts::int as "attempts", max_attempts::int as "maxAttempts",
      coalesce(last_error, '') as "lastError", payload as "payload", ${moment('jobs.created_at')} as "createdAt", ${moment('jobs.run_at')} as "runAt",
      ${moment(`jobs.${filter.state === 'running' ? 'locked_at' : 'updated_at'}`)} as "since", locked_by as "worker",
      (select percent from kernel_control.job_progress where job_id = jobs.id) as "progress"
    from ${queue} where ${sql.join(conditions, sql` and `)} order by ${sql.ref(`jobs.${column}`)} ${direction}, jobs.id ${direction} limit ${limit}`.execute(database);
  return rows.map((row) => ({ ...row, lastError: redact(row.lastError), payload: redact(JSON.stringify(row.payload)) }));
}

export interface JobCount { kind: string; state: JobState; count: number }

/** How many jobs of each kind are in each state, by kind. */
export async function countJobs(database: Database, tenantId?: string): Promise<JobCount[]> {
  const { rows } = await sql<JobCount>`
    select ${kind} as "kind", ${state} as "state", count(*)::int as "count" from ${queue}
    where ${tenantId === undefined ? sql`true` : sql`payload->>'tenantId' = ${tenantId}`} group by 1, 2 order by 1, 2`.execute(database);
  return rows;
}

/** The tenants that jobs name, those with most jobs first; at most 100. */
export async function tenantsWithJobs(database: Database): Promise<string[]> {
  const { rows } = await sql<{ tenantId: string }>`
    select payload->>'tenantId' as "tenantId" from graphile_worker._private_jobs where payload->>'tenantId' is not null group by 1 order by count(*) desc, 1 limit 100`.execute(database);
  return rows.map(({ tenantId }) => tenantId);
}

export interface QueueVitals {
  /** Processes that work on the queue. */
  workers: number;
  running: number;
  /** Those whose time has come, and for how long the first of them has waited. */
  due: number;
  dueSeconds: number;
  /** Those whose time has not come. */
  later: number;
  parked: number;
  /** Events that have not reached all their handlers, the age of the oldest, and how many deliveries of them are parked. */
  events: { undelivered: number; oldestSeconds: number; parked: number };
}

/** How the queue is doing; events on their way are jobs of it, and counted among them. */
export async function queueVitals(database: Database): Promise<QueueVitals> {
  const isEvent = sql`payload->>'eventId' is not null`;
  const due = sql`${states.waiting} and run_at <= now()`;
  const age = (since: RawBuilder<unknown>) => sql`coalesce(greatest(extract(epoch from now() - min(${since})), 0)::int, 0)`;
  const { rows: [row] } = await sql<QueueVitals>`
    select (select count(distinct objid)::int from pg_locks where locktype = 'advisory' and classid = ${lockSpace} and objsubid = 2 and mode = 'ShareLock' and granted
        and database = (select oid from pg_database where datname = current_database())) as "workers",
      count(*) filter (where ${states.running})::int as "running", count(*) filter (where ${due})::int as "due", ${age(sql`case when ${due} then run_at end`)} as "dueSeconds",
      count(*) filter (where ${states.waiting} and run_at > now())::int as "later", count(*) filter (where ${states.parked})::int as "parked",
      json_build_object('undelivered', count(distinct payload->>'eventId'), 'oldestSeconds', ${age(sql`case when ${isEvent} then created_at end`)},
        'parked', count(*) filter (where ${isEvent} and ${states.parked})) as "events"
    from graphile_worker._private_jobs`.execute(database);
  return row!;
}

/** Gives the parked jobs that `chosen` names all their attempts again, at once. Answers the ids of those that were parked: of two that ask at once, one gets it. */
async function retry(database: Database, chosen: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with retried as (
      update graphile_worker._private_jobs as jobs set attempts = 0, run_at = now(), updated_at = now()
      from graphile_worker._private_tasks as tasks where tasks.id = jobs.task_id and ${chosen} and ${states.parked} returning jobs.id
    ), woken as materialized (select pg_notify('jobs:insert', json_build_object('count', count(*))::text) from retried)
    select retried.id::text as "id" from retried, woken`.execute(database);
  return rows.map(({ id }) => id);
}
export const retryParked = (database: Database, ...ids: string[]): Promise<string[]> => retry(database, sql`jobs.id = any(${ids}::bigint[])`);
export const retryKind = (database: Database, parkedKind: string): Promise<string[]> => retry(database, sql`${kind} = ${parkedKind}`);

/** Deletes jobs for good, parked ones and those that wait; what runs just now is left alone. Answers the ids of those that it deleted. */
export async function discardJobs(database: Database, ...ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from graphile_worker._private_jobs where id = any(${ids}::bigint[]) and locked_at is null returning id::text as "id"`.execute(database);
  return rows.map(({ id }) => id);
}

/** Deletes the jobs of a tenant that is gone, parked or waiting; those that name it in their payload. What runs just now ends by itself. */
export async function discardOf(database: Database, { tenantId }: { tenantId: string }): Promise<void> {
  await sql`delete from graphile_worker._private_jobs where payload->>'tenantId' = ${tenantId} and locked_at is null`.execute(database);
}
