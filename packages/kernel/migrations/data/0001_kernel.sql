create schema kernel;
grant usage on schema kernel to milpa_app, milpa_control;

-- The tenant of this transaction; null outside of one, so that nothing is seen and nothing can be written.
create function kernel.current_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.current_tenant', true), '')::uuid;

-- Closes a table to every tenant but the current one, its owner included, and opens it to the serving role.
create function kernel.isolate(target regclass, privileges text default 'select, insert, update, delete') returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant_isolation on %s using (tenant_id = kernel.current_tenant()) with check (tenant_id = kernel.current_tenant())', target);
  execute format('grant %s on %s to milpa_app', privileges, target);
end $$;
revoke execute on function kernel.isolate from public;

-- The outbox: what happened, written with the change itself.
create table kernel.event (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  type text not null,
  payload jsonb not null,
  member_id uuid,
  occurred_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
select kernel.isolate('kernel.event', 'select, insert');

-- One row for each handler that has dealt with an event: what makes "at least once" harmless.
create table kernel.event_delivery (
  tenant_id uuid not null default kernel.current_tenant(),
  event_id uuid not null,
  handler text not null,
  delivered_at timestamptz not null default now(),
  primary key (tenant_id, event_id, handler),
  foreign key (tenant_id, event_id) references kernel.event (tenant_id, id) on delete cascade
);
select kernel.isolate('kernel.event_delivery', 'select, insert');

-- Who did what. Append-only: the serving role may add and read, nothing else.
create table kernel.audit_entry (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  at timestamptz not null default now(),
  actor_kind text not null,
  member_id uuid,
  account_id uuid,
  action text not null,
  outcome text not null default 'done' check (outcome in ('done', 'refused')),
  subject_type text,
  subject_id text,
  detail jsonb not null default '{}',
  request_id text,
  primary key (tenant_id, id)
);
create index on kernel.audit_entry (tenant_id, at desc, id desc);
create index on kernel.audit_entry (tenant_id, member_id, at desc);
create index on kernel.audit_entry (tenant_id, action, at desc);
create index on kernel.audit_entry (tenant_id, subject_id, at desc);
select kernel.isolate('kernel.audit_entry', 'select, insert');

create table kernel.idempotency_key (
  tenant_id uuid not null default kernel.current_tenant(),
  actor_key text not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  request_hash text not null,
  status int,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor_key, key)
);
select kernel.isolate('kernel.idempotency_key');
