-- What the control plane needs of the kernel. The ledger of migrations stands here already.
grant usage on schema kernel_control to milpa_control;

create table kernel_control.idempotency_key (
  actor_key text not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  request_hash text not null,
  status int,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (actor_key, key)
);
grant select, insert, update, delete on kernel_control.idempotency_key to milpa_control;

-- What operators did, append-only.
create table kernel_control.audit_entry (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  account_id uuid,
  action text not null,
  subject_type text,
  subject_id text,
  detail jsonb not null default '{}',
  request_id text
);
create index on kernel_control.audit_entry (at desc, id desc);
grant select, insert on kernel_control.audit_entry to milpa_control;

-- Mail on its way. The body is dropped once a provider has taken it; the local outbox keeps it to be read.
create table kernel_control.mail (
  id uuid primary key default uuidv7(),
  idempotency_key text not null unique,
  recipient text not null,
  subject text not null,
  body text,
  locale text not null,
  state text not null default 'pending' check (state in ('pending', 'sent', 'kept')),
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index on kernel_control.mail (created_at desc);
grant select, insert, update on kernel_control.mail to milpa_control;
