-- That the tenant is to be deleted, and when. The times are the database's own: who serves requests can neither shorten the grace nor backdate it.
create table tenancy.deletion (
  tenant_id uuid primary key default kernel.current_tenant(),
  requested_at timestamptz not null default now(),
  due_at timestamptz not null default now() + interval '30 days',
  -- From here on it cannot be called off.
  started_at timestamptz,
  check (due_at > requested_at)
);
select kernel.isolate('tenancy.deletion', 'select, delete');
grant insert (tenant_id), update (started_at) on tenancy.deletion to milpa_app;

-- Deletes rows of the current tenant, whatever the serving role may delete otherwise; only once its deletion has begun and its grace is over.
-- One table in portions of `most` rows; several that refer to each other, or one that refers to itself, at once and whole (`most` is null).
create function tenancy.erase(targets regclass[], most int) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tenant uuid := kernel.current_tenant();
  target regclass;
  deletions text[] := '{}';
  counts text[] := '{}';
  erased bigint;
begin
  if not exists (select from tenancy.deletion d where d.tenant_id = tenant and d.started_at is not null and d.due_at <= now()) then
    raise exception 'The deletion of this tenant is not due' using errcode = 'insufficient_privilege';
  end if;
  foreach target in array targets loop
    if target = 'tenancy.deletion'::regclass or not exists (
      select from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.oid = target and c.relforcerowsecurity and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$') then
      raise exception 'Not a table of tenants: %', target using errcode = 'insufficient_privilege';
    end if;
    deletions := deletions || format('gone%s as (delete from %s where tenant_id = $1%s returning 1)', cardinality(deletions), target,
      case when most is null then '' else format(' and ctid = any (array(select ctid from %s where tenant_id = $1 limit $2))', target) end);
    counts := counts || format('(select count(*) from gone%s)', cardinality(counts));
  end loop;
  execute 'with ' || array_to_string(deletions, ', ') || ' select ' || array_to_string(counts, ' + ') into erased using tenant, most;
  return erased;
end $$;
revoke all on function tenancy.erase(regclass[], int) from public;
grant execute on function tenancy.erase(regclass[], int) to milpa_app;
