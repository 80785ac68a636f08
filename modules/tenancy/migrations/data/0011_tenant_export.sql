-- All that an organisation has, as an archive, for a week.
create table tenancy.tenant_export (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  -- In media.file. Null: not ready.
  file_id uuid,
  requested_at timestamptz not null,
  -- Percent of it that is made.
  progress int not null default 0 check (progress between 0 and 100),
  ready_at timestamptz,
  expires_at timestamptz,
  -- Every try failed.
  failed_at timestamptz,
  primary key (tenant_id, id),
  check ((file_id is null) = (ready_at is null) and (file_id is null) = (expires_at is null) and (file_id is null or failed_at is null))
);
-- One at a time.
create unique index on tenancy.tenant_export (tenant_id) where file_id is null and failed_at is null;
create index on tenancy.tenant_export (tenant_id, requested_at desc);
select kernel.isolate('tenancy.tenant_export');
