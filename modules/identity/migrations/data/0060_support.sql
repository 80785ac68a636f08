-- What support was asked for, and what it was allowed. Rows stay: they say who let whom in, why, and for how long.
create table identity.support_access (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  state text not null check (state in ('requested', 'granted', 'refused', 'lapsed')),
  level text not null check (level in ('read', 'change')),
  hours int not null check (hours in (1, 24, 168)),
  -- The operator who asked, by the name of that time; then the access is theirs alone. Null: an administrator let support in unasked.
  account_id uuid,
  operator_name text,
  reason text,
  note text,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, decided_by) references identity.member (tenant_id, id),
  foreign key (tenant_id, ended_by) references identity.member (tenant_id, id),
  check ((state = 'requested') = (decided_at is null)),
  check ((state = 'granted') = (expires_at is not null)),
  check (state <> 'granted' or decided_by is not null),
  check (ended_at is null or state = 'granted'),
  check ((account_id is null) = (operator_name is null) and (account_id is null) = (reason is null)),
  check (account_id is not null or state = 'granted')
);
-- One question at a time, and one open door.
create unique index on identity.support_access (tenant_id) where state = 'requested';
create unique index on identity.support_access (tenant_id) where state = 'granted' and ended_at is null;
create index on identity.support_access (tenant_id, created_at desc, id desc);
create index on identity.support_access (tenant_id, decided_by);
create index on identity.support_access (tenant_id, ended_by);
select kernel.isolate('identity.support_access', 'select, insert, update');
