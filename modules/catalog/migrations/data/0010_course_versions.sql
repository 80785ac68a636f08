-- Authors edit a draft, learners read a version: docs/decisions/0010-course-versions.md.

-- Files of a course, whether or not a lesson names them now. A revision may name one that no lesson does any more.
create table catalog.course_file (
  tenant_id uuid not null default kernel.current_tenant(),
  course_id uuid not null,
  file_id uuid not null,
  primary key (tenant_id, course_id, file_id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade,
  foreign key (tenant_id, file_id) references media.file (tenant_id, id)
);
create index on catalog.course_file (tenant_id, file_id);
select kernel.isolate('catalog.course_file', 'select, insert, delete');

alter table catalog.course
  add outline_version int not null default 1,
  add content_version int not null default 1,
  add required_share int not null default 100 check (required_share between 1 and 100),
  add sequential boolean not null default false,
  -- Courses that a member completes before enrolling in this one.
  add prerequisite_course_ids uuid[] not null default '{}',
  add poster_file_id uuid,
  add poster_alt text not null default '' check (length(poster_alt) <= 500),
  add published_version_id uuid,
  add foreign key (tenant_id, id, poster_file_id) references catalog.course_file (tenant_id, course_id, file_id);

-- A part that was removed keeps its place: it can come back to it, and whoever is on an older version still reads it.
alter table catalog.course_module
  add removed_at timestamptz,
  add release jsonb not null default '{"kind": "always"}',
  add prerequisite_ids uuid[] not null default '{}',
  drop constraint course_module_tenant_id_course_id_position_key,
  add constraint course_module_position exclude (tenant_id with =, course_id with =, position with =) where (removed_at is null) deferrable initially deferred;
alter table catalog.lesson
  add removed_at timestamptz,
  add completion text not null default 'mark' check (completion in ('mark', 'open', 'end')),
  add optional boolean not null default false,
  -- Who saved the text last, and when a text of this lesson was last kept as a revision.
  add member_id uuid,
  add kept_at timestamptz,
  drop constraint lesson_tenant_id_module_id_position_key,
  add constraint lesson_position exclude (tenant_id with =, module_id with =, position with =) where (removed_at is null) deferrable initially deferred;

-- What a lesson said at one time. The same content is kept once.
create table catalog.lesson_revision (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  lesson_id uuid not null,
  title text not null,
  minutes int,
  body_html text not null,
  -- [{ id, fileId, name }]
  attachments jsonb not null,
  digest text not null,
  created_at timestamptz not null,
  member_id uuid,
  primary key (tenant_id, id),
  unique (tenant_id, lesson_id, digest),
  foreign key (tenant_id, course_id, lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete cascade
);
create index on catalog.lesson_revision (tenant_id, lesson_id, created_at desc, id desc);
select kernel.isolate('catalog.lesson_revision', 'select, insert');

create table catalog.course_version (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  number int not null check (number > 0),
  note text not null default '' check (length(note) <= 500),
  content_version int not null,
  -- The description at that time: title, summary, descriptionHtml, language, level, tags.
  details jsonb not null,
  -- { requiredShare, sequential, modules: [{ id, title, release, prerequisiteIds, lessons: [{ id, revisionId, title, minutes, completion, optional }] }] }
  outline jsonb not null,
  -- Lessons that count: the optional ones do not.
  lesson_count int not null,
  duration_minutes int not null,
  created_at timestamptz not null,
  member_id uuid,
  -- Null: saved, and not published so far.
  published_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, course_id, number),
  unique (tenant_id, course_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade
);
select kernel.isolate('catalog.course_version', 'select, insert');
grant update (published_at) on catalog.course_version to milpa_app;
alter table catalog.course add foreign key (tenant_id, id, published_version_id) references catalog.course_version (tenant_id, course_id, id);

-- Where a tenant wants it, a course is looked at before it is published.
create table catalog.course_review (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  course_version_id uuid not null,
  state text not null default 'requested' check (state in ('requested', 'returned', 'approved', 'withdrawn')),
  comment text not null default '' check (length(comment) <= 2000),
  requested_by uuid,
  requested_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  check ((state = 'requested') = (decided_at is null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade,
  foreign key (tenant_id, course_id, course_version_id) references catalog.course_version (tenant_id, course_id, id) on delete cascade
);
create unique index course_review_waiting on catalog.course_review (tenant_id, course_id) where state = 'requested';
create index on catalog.course_review (tenant_id, course_id, requested_at desc);
create index on catalog.course_review (tenant_id, state, requested_at, id);
select kernel.isolate('catalog.course_review', 'select, insert, update');

-- The attachments of a lesson as a revision keeps them.
create function catalog.lesson_attachments(of_lesson uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'fileId', a.file_id, 'name', a.name) order by a.position, a.id), '[]')
  from catalog.attachment a where a.tenant_id = kernel.current_tenant() and a.lesson_id = of_lesson
$$;
create function catalog.lesson_digest(title text, minutes int, body_html text, attachments jsonb) returns text language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_array(title, minutes, body_html, attachments)::text, 'UTF8')), 'hex')
$$;
-- For the migrations and checks of modules that point at versions.
create function catalog.published_version(of_course uuid) returns uuid language sql stable as $$
  select published_version_id from catalog.course where tenant_id = kernel.current_tenant() and id = of_course
$$;
create function catalog.required_lessons(of_version uuid) returns uuid[] language sql stable as $$
  select array(select (jsonb_path_query(outline, '$.modules[*].lessons[*] ? (@.optional == false)') ->> 'id')::uuid)
  from catalog.course_version where tenant_id = kernel.current_tenant() and id = of_version
$$;
