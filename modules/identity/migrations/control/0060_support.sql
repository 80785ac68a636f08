-- How an operator gets from the installation's host to that of an organisation which let support in. Codes are kept as hashes, and work
-- in the one browser that has what `challenge` is the hash of.
create table identity_control.support_code (
  code_hash text primary key,
  challenge text not null,
  tenant_id uuid not null,
  access_id uuid not null,
  account_id uuid not null references identity_control.account on delete cascade,
  session_id uuid not null references identity_control.session on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on identity_control.support_code (account_id);
create index on identity_control.support_code (session_id);

-- An operator inside an organisation. It ends with the session from which it was made, and whenever the organisation says so.
create table identity_control.support_session (
  token_hash text primary key,
  tenant_id uuid not null,
  access_id uuid not null,
  account_id uuid not null references identity_control.account on delete cascade,
  session_id uuid not null references identity_control.session on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index on identity_control.support_session (account_id);
create index on identity_control.support_session (session_id);

grant select, insert, update, delete on identity_control.support_code, identity_control.support_session to milpa_control;
