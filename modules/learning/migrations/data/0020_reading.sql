-- Where a learner was reading in a lesson: which block of its text, known again by a hash of its words when the text has changed.
create table learning.lesson_position (
  tenant_id uuid not null default kernel.current_tenant(),
  enrollment_id uuid not null,
  course_id uuid not null,
  lesson_id uuid not null,
  block_index int not null check (block_index >= 0),
  block_hash text not null check (length(block_hash) <= 16),
  -- How much of the lesson lies before it, in percent.
  share int not null check (share between 0 and 100),
  read_at timestamptz not null,
  primary key (tenant_id, enrollment_id, lesson_id),
  foreign key (tenant_id, enrollment_id, course_id) references learning.enrollment (tenant_id, id, course_id) on delete cascade,
  foreign key (tenant_id, course_id, lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete cascade
);
create index on learning.lesson_position (tenant_id, lesson_id);
select kernel.isolate('learning.lesson_position', 'select, insert, update');

-- What a member wrote or marked for themselves. Their device makes the id, so that what is sent twice is one. It stays when the lesson goes.
create table learning.note (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  lesson_id uuid,
  -- As it was called when the note was made.
  lesson_title text not null,
  kind text not null check (kind in ('note', 'bookmark')),
  -- The block that it is about; none: the lesson as a whole.
  block_index int check (block_index >= 0),
  block_hash text check (length(block_hash) <= 16),
  quote text not null default '' check (length(quote) <= 600),
  body text not null default '' check (length(body) <= 10000),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Removed ones keep their id without their words, so that what another device sends late does not bring them back.
  removed_at timestamptz,
  primary key (tenant_id, member_id, id),
  check ((block_index is null) = (block_hash is null)),
  check (removed_at is null or (body = '' and quote = '')),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, course_id, lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete set null (lesson_id)
);
create index on learning.note (tenant_id, member_id, created_at desc, id desc) where removed_at is null;
create index on learning.note (tenant_id, course_id);
create index on learning.note (tenant_id, lesson_id);
select kernel.isolate('learning.note', 'select, insert, update');

-- How a member likes to read.
create table learning.reading_preference (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  settings jsonb not null check (jsonb_typeof(settings) = 'object'),
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
select kernel.isolate('learning.reading_preference', 'select, insert, update');
