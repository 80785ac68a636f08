-- What each organisation used when it was last counted. Lists sort by it, so that nobody's rows are counted while somebody looks.
create table tenancy_control.tenant_usage (
  tenant_id uuid primary key references tenancy_control.tenant (id),
  members int not null,
  courses int not null,
  storage_bytes bigint not null,
  -- When somebody last did something there that is in its log.
  last_active_at timestamptz,
  counted_at timestamptz not null
);
grant select, insert, update, delete on tenancy_control.tenant_usage to milpa_control;

-- All open organisations together, at the last count of each day (UTC).
create table tenancy_control.usage_day (
  day date primary key,
  tenants int not null,
  members int not null,
  courses int not null,
  storage_bytes bigint not null,
  counted_at timestamptz not null
);
grant select, insert, update on tenancy_control.usage_day to milpa_control;
