-- Rights on the job queue. Runs as the owner after each of graphile-worker's migrations, so it may run any number of times.

-- The serving role has no rights on the queue: it may add jobs through this function and nothing else.
create schema if not exists kernel;
create or replace function kernel.add_job(
  name text, payload json, key text default null, run_at timestamptz default null, max_attempts int default null
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if name !~ '^[a-z][a-zA-Z0-9]*([.][a-zA-Z0-9]+)+$' then
    raise exception 'A job name reads module.verb' using errcode = 'invalid_parameter_value';
  end if;
  -- Keys are unique over the whole queue: the name in front keeps the jobs of one module apart from those of another.
  return (select job.id from graphile_worker.add_job(
    identifier := add_job.name, payload := add_job.payload, run_at := add_job.run_at,
    max_attempts := add_job.max_attempts, job_key := add_job.name || ':' || add_job.key) as job);
end $$;

revoke all on function kernel.add_job(text, json, text, timestamptz, int) from public;
grant usage on schema kernel to milpa_app, milpa_control;
grant execute on function kernel.add_job(text, json, text, timestamptz, int) to milpa_app, milpa_control;

-- How the runs of each schedule ended: the queue forgets a job that went well.
create schema if not exists kernel_control;
create table if not exists kernel_control.schedule_run (
  schedule text primary key,
  succeeded_at timestamptz,
  failed_at timestamptz,
  -- Of the last run, if it failed; without secrets.
  last_error text,
  duration_ms int not null
);
-- How far running jobs are, of those that tell.
create table if not exists kernel_control.job_progress (
  job_id bigint primary key,
  percent int not null check (percent between 0 and 100)
);
grant usage on schema kernel_control to milpa_control;
grant select, insert, update, delete on kernel_control.job_progress to milpa_control;
grant select, insert, update on kernel_control.schedule_run to milpa_control;

-- The worker's role: what graphile-worker's statements touch, without its tables' ownership.
grant usage on schema graphile_worker to milpa_control;
grant select on graphile_worker.migrations to milpa_control;
grant select, insert, update, delete on graphile_worker._private_jobs to milpa_control;
grant select, insert on graphile_worker._private_tasks to milpa_control;
grant select, insert, update on graphile_worker._private_job_queues, graphile_worker._private_known_crontabs to milpa_control;

-- graphile-worker enables row-level security without policies, which hides every row from all but the owner.
do $$
declare queue_table text;
begin
  foreach queue_table in array array['_private_jobs', '_private_tasks', '_private_job_queues', '_private_known_crontabs'] loop
    execute format('drop policy if exists worker on graphile_worker.%I', queue_table);
    execute format('create policy worker on graphile_worker.%I to milpa_control using (true) with check (true)', queue_table);
  end loop;
end $$;
