-- Accounts that are about to be deleted. Until then their owners may think better of it.
create table identity_control.account_deletion (
  account_id uuid primary key references identity_control.account on delete cascade,
  requested_at timestamptz not null,
  due_at timestamptz not null check (due_at > requested_at),
  host text not null
);
create index on identity_control.account_deletion (due_at);
grant select, insert, delete on identity_control.account_deletion to milpa_control;
