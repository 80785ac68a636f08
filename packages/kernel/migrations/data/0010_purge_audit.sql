-- Throws entries of the current tenant's log away, three years after what they tell of; `most` of them, the oldest first. The serving role can neither delete entries otherwise nor shorten the time.
create function kernel.purge_audit(most int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  purged int;
begin
  with old as (
    select e.id from kernel.audit_entry e where e.tenant_id = kernel.current_tenant() and e.at < now() - interval '3 years' order by e.at, e.id limit most
  )
  delete from kernel.audit_entry e using old where e.tenant_id = kernel.current_tenant() and e.id = old.id;
  get diagnostics purged = row_count;
  return purged;
end $$;
revoke all on function kernel.purge_audit(int) from public;
grant execute on function kernel.purge_audit(int) to milpa_app;
