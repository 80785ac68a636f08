create schema messaging;
grant usage on schema messaging to milpa_app;

-- One text to many: each who gets it has a thread of their own, so that answers stay between two.
create table messaging.broadcast (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  author_id uuid not null,
  subject text not null check (length(subject) between 1 and 150),
  body text not null check (length(body) between 1 and 5000),
  -- How the recipients were chosen, for the sender to read again.
  audience jsonb not null,
  recipient_ids uuid[] not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, author_id) references identity.member (tenant_id, id)
);
create index on messaging.broadcast (tenant_id, course_id, created_at desc, id desc);
create index on messaging.broadcast (tenant_id, author_id);
select kernel.isolate('messaging.broadcast', 'select, insert, update');

create table messaging.thread (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  subject text not null check (length(subject) between 1 and 150),
  broadcast_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, broadcast_id) references messaging.broadcast (tenant_id, id)
);
create index on messaging.thread (tenant_id, course_id);
create index on messaging.thread (tenant_id, broadcast_id) where broadcast_id is not null;
select kernel.isolate('messaging.thread', 'select, insert');

-- Who is in a thread, and how far they have read.
create table messaging.participant (
  tenant_id uuid not null default kernel.current_tenant(),
  thread_id uuid not null,
  member_id uuid not null,
  side text not null check (side in ('learner', 'staff')),
  -- Of a broadcast, each recipient has one thread, however often its job runs.
  broadcast_id uuid,
  last_message_at timestamptz not null,
  unread int not null default 0 check (unread >= 0),
  read_at timestamptz,
  -- A sender's thread of a broadcast is out of their inbox until it is answered.
  in_inbox boolean not null,
  -- The last word is the other's, and waits for an answer.
  awaits_reply boolean not null default false,
  primary key (tenant_id, thread_id, member_id),
  foreign key (tenant_id, thread_id) references messaging.thread (tenant_id, id) on delete cascade,
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on messaging.participant (tenant_id, member_id, last_message_at desc, thread_id desc) where in_inbox;
create index on messaging.participant (tenant_id, member_id) where unread > 0;
create unique index participant_of_broadcast on messaging.participant (tenant_id, broadcast_id, member_id) where broadcast_id is not null and side = 'learner';
select kernel.isolate('messaging.participant', 'select, insert, update');

create table messaging.message (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  thread_id uuid not null,
  author_id uuid not null,
  body text not null check (length(body) between 1 and 5000),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, thread_id) references messaging.thread (tenant_id, id) on delete cascade,
  foreign key (tenant_id, author_id) references identity.member (tenant_id, id)
);
create index on messaging.message (tenant_id, thread_id, id);
create index on messaging.message (tenant_id, author_id, created_at desc);
select kernel.isolate('messaging.message', 'select, insert');

-- Whose messages a member does not want.
create table messaging.block (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  blocked_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, member_id, blocked_id),
  check (member_id <> blocked_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade,
  foreign key (tenant_id, blocked_id) references identity.member (tenant_id, id) on delete cascade
);
create index on messaging.block (tenant_id, blocked_id);
select kernel.isolate('messaging.block', 'select, insert, delete');

create table messaging.report (
  tenant_id uuid not null default kernel.current_tenant(),
  thread_id uuid not null,
  member_id uuid not null,
  reason text not null check (length(reason) between 1 and 500),
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, thread_id, member_id),
  foreign key (tenant_id, thread_id) references messaging.thread (tenant_id, id) on delete cascade,
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on messaging.report (tenant_id, created_at) where settled_at is null;
create index on messaging.report (tenant_id, member_id);
select kernel.isolate('messaging.report', 'select, insert, update');
