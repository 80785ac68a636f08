/** Parked jobs: all attempts are used up, the row waits for the operator. */
import { sql, type Kysely } from 'kysely';

export interface ParkedJob {
  id: string;
  job: string;
  attempts: number;
  /** Without secrets; may begin with an error code. */
  lastError: string;
  payload: unknown;
  /** ISO 8601, UTC. */
  parkedAt: string;
}

// Any database, plane or transaction will do: the queue's tables are in none of our table types.
type Database = Kysely<any>;

const isParked = sql`attempts >= max_attempts and locked_at is null`;
const maxListed = 200;

/** The parked jobs, latest first, at most 200. */
export async function listParked(database: Database): Promise<ParkedJob[]> {
  const { rows } = await sql<ParkedJob>`
    select jobs.id::text as "id", tasks.identifier as "job", jobs.attempts::int as "attempts", coalesce(last_error, '') as "lastError",
      payload as "payload", to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "parkedAt"
    from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
    where ${isParked} order by updated_at desc, jobs.id desc limit ${maxListed}`.execute(database);
  return rows;
}

/** Gives parked jobs all their attempts again, at once. Answers the ids of those that were parked. */
export async function retryParked(database: Database, ...ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with retried as (
      update graphile_worker._private_jobs set attempts = 0, run_at = now(), updated_at = now()
      where id = any(${ids}::bigint[]) and ${isParked} returning id
    ), woken as materialized (select pg_notify('jobs:insert', json_build_object('count', count(*))::text) from retried)
    select retried.id::text as "id" from retried, woken`.execute(database);
  return rows.map(({ id }) => id);
}

/** Deletes parked jobs for good. Answers the ids of those that were parked. */
export async function discardParked(database: Database, ...ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from graphile_worker._private_jobs where id = any(${ids}::bigint[]) and ${isParked} returning id::text as "id"`.execute(database);
  return rows.map(({ id }) => id);
}

/** Deletes the jobs of a tenant that is gone, parked or waiting; those that name it in their payload. What runs just now ends by itself. */
export async function discardOf(database: Database, { tenantId }: { tenantId: string }): Promise<void> {
  await sql`delete from graphile_worker._private_jobs where payload->>'tenantId' = ${tenantId} and locked_at is null`.execute(database);
}
