-- What a list says of somebody who is invited: their name, for the form in which they join, and when the roles end that they get.
alter table identity.invitation
  add column name text check (length(name) between 1 and 200),
  add column roles_expire_at timestamptz;

-- A list of people to invite: read and looked through first, worked off when it was started.
create table identity.bulk_invitation (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  file_name text not null check (length(file_name) <= 200),
  status text not null default 'draft' check (status in ('draft', 'running', 'done')),
  -- For lines that name none. A role may be gone by the time.
  role_id uuid not null,
  locale text not null,
  -- Who made it, then who started it, and what they might hand out at that moment.
  member_id uuid,
  permissions text[] not null default '{}',
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  check ((status = 'draft') = (started_at is null)),
  check ((status = 'done') = (finished_at is not null)),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on identity.bulk_invitation (tenant_id, created_at desc, id desc);
create index on identity.bulk_invitation (tenant_id, member_id);
select kernel.isolate('identity.bulk_invitation');

-- A line of the list. Before the start `forecast` says what would become of it; then `outcome` says what did.
create table identity.bulk_invitation_line (
  tenant_id uuid not null default kernel.current_tenant(),
  bulk_invitation_id uuid not null,
  -- As in the file, from 1.
  line int not null check (line > 0),
  name text not null,
  email text not null,
  -- As it was written, and what it was taken for.
  role_text text not null,
  role_id uuid,
  roles_expire_at timestamptz,
  locale text not null,
  forecast text not null check (forecast in ('invite', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place')),
  outcome text check (outcome in ('invited', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place', 'mailed_often', 'failed')),
  done_at timestamptz,
  primary key (tenant_id, bulk_invitation_id, line),
  check ((outcome is null) = (done_at is null)),
  foreign key (tenant_id, bulk_invitation_id) references identity.bulk_invitation (tenant_id, id) on delete cascade
);
create index on identity.bulk_invitation_line (tenant_id, bulk_invitation_id, line) where outcome is null;
-- Whoever leaves is taken out of the lists.
create index on identity.bulk_invitation_line (tenant_id, email);
select kernel.isolate('identity.bulk_invitation_line');
