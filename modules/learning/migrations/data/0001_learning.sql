create schema learning;
grant usage on schema learning to milpa_app;

-- A member's way through a course. Who leaves and comes back has a second one: history is kept.
create table learning.enrollment (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  member_id uuid not null,
  status text not null default 'active' check (status in ('active', 'completed', 'left')),
  enrolled_at timestamptz not null,
  completed_at timestamptz,
  left_at timestamptz,
  last_lesson_id uuid,
  last_opened_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, id, course_id),
  check (status <> 'completed' or completed_at is not null),
  check ((status = 'left') = (left_at is not null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, course_id, last_lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete set null (last_lesson_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create unique index enrollment_current on learning.enrollment (tenant_id, course_id, member_id) where status <> 'left';
create index on learning.enrollment (tenant_id, member_id, last_opened_at desc);
select kernel.isolate('learning.enrollment', 'select, insert, update');

create table learning.lesson_progress (
  tenant_id uuid not null default kernel.current_tenant(),
  enrollment_id uuid not null,
  course_id uuid not null,
  lesson_id uuid not null,
  completed_at timestamptz not null,
  primary key (tenant_id, enrollment_id, lesson_id),
  foreign key (tenant_id, enrollment_id, course_id) references learning.enrollment (tenant_id, id, course_id) on delete cascade,
  foreign key (tenant_id, course_id, lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete cascade
);
create index on learning.lesson_progress (tenant_id, lesson_id);
select kernel.isolate('learning.lesson_progress', 'select, insert');

-- How a course is taken up, counted by the handlers of the events.
create table learning.course_statistic (
  tenant_id uuid not null default kernel.current_tenant(),
  course_id uuid not null,
  enrolled int not null default 0 check (enrolled >= 0),
  completed int not null default 0 check (completed >= 0),
  lessons_completed int not null default 0 check (lessons_completed >= 0),
  primary key (tenant_id, course_id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade
);
select kernel.isolate('learning.course_statistic', 'select, insert, update');
