-- A member's own data as an archive, for a week.
create table identity.data_export (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  member_id uuid not null,
  -- In media.file. Null: not ready yet.
  file_id uuid,
  requested_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz,
  primary key (tenant_id, id),
  check ((file_id is null) = (ready_at is null) and (file_id is null) = (expires_at is null)),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade
);
create unique index on identity.data_export (tenant_id, member_id) where file_id is null;
create index on identity.data_export (tenant_id, member_id, requested_at desc);
create index on identity.data_export (tenant_id, expires_at);
select kernel.isolate('identity.data_export');

-- Members who are about to leave. Until then they may think better of it.
create table identity.departure (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  primary key (tenant_id, member_id),
  check (due_at > requested_at),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade
);
create index on identity.departure (tenant_id, due_at);
select kernel.isolate('identity.departure');

-- Who has left. The row stays for what refers to it; it says nothing of the person any more.
alter table identity.member add column left_at timestamptz, add check (left_at is null or status = 'suspended');
