create schema identity;
grant usage on schema identity to milpa_app;

-- What members may do, as data. The role `visitor` is what everybody may do, signed in or not.
create table identity.role (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  key text not null check (key ~ '^[a-z][a-z0-9]*([-_][a-z0-9]+)*$' and length(key) <= 40),
  -- By locale; at least one.
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'),
  persona text not null check (persona in ('learner', 'instructor', 'guardian', 'officer', 'admin')),
  permissions text[] not null default '{}',
  -- Given to who joins by themselves.
  on_sign_up boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key),
  check (not (on_sign_up and key = 'visitor'))
);
create unique index on identity.role (tenant_id) where on_sign_up;
select kernel.isolate('identity.role');

create table identity.member (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  -- In the control plane, so no foreign key.
  account_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  email text not null check (email = lower(email) and length(email) <= 254),
  locale text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  -- Name and e-mail, folded.
  search text not null,
  version int not null default 1,
  joined_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, account_id)
);
create index on identity.member (tenant_id, name, id);
create index on identity.member (tenant_id, email);
select kernel.isolate('identity.member');

-- A role that a member has, from and until when. Over is not gone: who held an office stays known.
create table identity.member_role (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  role_id uuid not null,
  starts_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (tenant_id, member_id, role_id),
  check (expires_at > starts_at),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade,
  foreign key (tenant_id, role_id) references identity.role (tenant_id, id)
);
create index on identity.member_role (tenant_id, role_id);
select kernel.isolate('identity.member_role');

create table identity.invitation (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  email text not null check (email = lower(email) and length(email) <= 254),
  role_ids uuid[] not null check (cardinality(role_ids) > 0),
  locale text not null,
  -- Of the token in the latest mail; earlier mails stop working when it is sent anew.
  token_hash text not null,
  mailing int not null default 1,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  invited_by uuid,
  accepted_by uuid,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  check ((status = 'accepted') = (accepted_by is not null)),
  foreign key (tenant_id, invited_by) references identity.member (tenant_id, id),
  foreign key (tenant_id, accepted_by) references identity.member (tenant_id, id)
);
create unique index on identity.invitation (tenant_id, email) where status = 'pending';
create index on identity.invitation (tenant_id, created_at desc, id desc);
create index on identity.invitation (tenant_id, invited_by);
create index on identity.invitation (tenant_id, accepted_by);
select kernel.isolate('identity.invitation');

-- A chain of refresh tokens is a family: each is used once, and using one twice ends them all.
create table identity.refresh_token (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  family_id uuid not null,
  member_id uuid not null,
  account_id uuid not null,
  token_hash text not null,
  -- When the family's owner proved who they are; a later change of password ends the family.
  authenticated_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade
);
create index on identity.refresh_token (tenant_id, family_id);
create index on identity.refresh_token (tenant_id, member_id);
create index on identity.refresh_token (tenant_id, expires_at);
select kernel.isolate('identity.refresh_token');
