-- Who runs the whole installation.
create table identity_control.operator (
  account_id uuid primary key references identity_control.account on delete cascade,
  created_at timestamptz not null default now()
);

-- The code with which the first operator proves to have started this installation. Only its hash is kept.
create table identity_control.setup_code (
  code_hash text primary key,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  used_by uuid references identity_control.account on delete set null
);
create index on identity_control.setup_code (used_by);

grant select, insert, delete on identity_control.operator to milpa_control;
grant select, insert, update, delete on identity_control.setup_code to milpa_control;
