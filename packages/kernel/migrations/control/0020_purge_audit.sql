-- As kernel.purge_audit, of the operators' log.
create function kernel_control.purge_audit(most int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  purged int;
begin
  with old as (select e.id from kernel_control.audit_entry e where e.at < now() - interval '3 years' order by e.at, e.id limit most)
  delete from kernel_control.audit_entry e using old where e.id = old.id;
  get diagnostics purged = row_count;
  return purged;
end $$;
revoke all on function kernel_control.purge_audit(int) from public;
grant execute on function kernel_control.purge_audit(int) to milpa_control;
