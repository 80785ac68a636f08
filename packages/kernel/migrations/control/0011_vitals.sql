-- How the database itself is doing, in numbers alone: a serving role sees neither others' sessions nor whole databases by itself.
create function kernel_control.database_vitals() returns json
language sql stable security definer set search_path = pg_catalog, pg_temp
return json_build_object(
  'version', current_setting('server_version'),
  'bytes', pg_database_size(current_database()),
  'connections', (select coalesce(sum(numbackends), 0) from pg_stat_database),
  'maxConnections', current_setting('max_connections')::int,
  -- Of all sessions when the owner may read statistics, else of its own.
  'longestTransactionSeconds', (
    select coalesce(max(extract(epoch from clock_timestamp() - xact_start))::int, 0) from pg_stat_activity
    where xact_start is not null and backend_type = 'client backend' and pid <> pg_backend_pid()),
  'replicas', (select count(*) from pg_stat_replication),
  'replicaLagSeconds', (select coalesce(max(extract(epoch from replay_lag))::int, 0) from pg_stat_replication)
);
revoke all on function kernel_control.database_vitals() from public;
grant execute on function kernel_control.database_vitals() to milpa_control;

-- When the last try to hand a mail over failed; null when none has.
alter table kernel_control.mail add failed_at timestamptz;
