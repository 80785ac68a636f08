-- Throws events of the current tenant away, with the notes of their deliveries, thirty days after they happened; `most` of them, the oldest first.
-- One that a job of the queue still names has not reached everybody: it stays, however old. The serving role can neither delete events otherwise nor shorten the time.
create function kernel.purge_events(most int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  purged int;
begin
  with delivered as (
    select e.id from kernel.event e
    where e.tenant_id = kernel.current_tenant() and e.occurred_at < now() - interval '30 days'
      and not exists (select from graphile_worker._private_jobs job where job.payload->>'eventId' = e.id::text)
    order by e.id limit most
  )
  delete from kernel.event e using delivered where e.tenant_id = kernel.current_tenant() and e.id = delivered.id;
  get diagnostics purged = row_count;
  return purged;
end $$;
revoke all on function kernel.purge_events(int) from public;
grant execute on function kernel.purge_events(int) to milpa_app;
