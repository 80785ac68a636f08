-- Tenants that are to be deleted, as the operator sees them; the data plane decides. What stays of a tenant that is gone is its row here and its record.
create table tenancy_control.deletion (
  tenant_id uuid primary key references tenancy_control.tenant (id),
  requested_at timestamptz not null,
  due_at timestamptz not null,
  started_at timestamptz,
  erased_at timestamptz check (erased_at is null or started_at is not null)
);
create index on tenancy_control.deletion (due_at) where erased_at is null;
grant select, insert, update, delete on tenancy_control.deletion to milpa_control;
