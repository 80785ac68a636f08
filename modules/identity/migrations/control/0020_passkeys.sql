-- Keys with which people sign in without a password. A key works on the host on which it was made, and on no other.
create table identity_control.passkey (
  id uuid primary key default uuidv7(),
  account_id uuid not null references identity_control.account on delete cascade,
  host text not null,
  credential_id text not null unique,
  public_key bytea not null,
  -- What the authenticator has counted; one that goes backwards was copied.
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index on identity_control.passkey (account_id);

-- Challenges that were answered: each is answered once. One that was not is nowhere, since it carries its own proof.
create table identity_control.used_challenge (
  challenge_hash bytea primary key,
  used_at timestamptz not null
);
create index on identity_control.used_challenge (used_at);

grant select, insert, update, delete on identity_control.passkey, identity_control.used_challenge to milpa_control;
