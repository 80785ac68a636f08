-- An enrolment stays on the version of its course that it began with, until somebody moves it.
alter table learning.enrollment
  add course_version_id uuid,
  -- When the learner's time begins, where that is not the enrolment: weeks are counted from here, and nothing opens before.
  add starts_at timestamptz,
  -- Of the version: lessons that count, how many of them complete the course, and how many are done.
  add lesson_count int not null default 0 check (lesson_count >= 0),
  add required_lessons int not null default 0 check (required_lessons >= 0),
  add completed_lessons int not null default 0 check (completed_lessons >= 0),
  add check (completed_lessons <= lesson_count and required_lessons <= lesson_count),
  add foreign key (tenant_id, course_id, course_version_id) references catalog.course_version (tenant_id, course_id, id);
create index on learning.enrollment (tenant_id, course_version_id);
