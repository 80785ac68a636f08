-- A group that takes a course together, from one day on and on one version of it.
create table learning.cohort (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  starts_at timestamptz not null,
  ends_at timestamptz,
  -- Null: as many as come.
  capacity int check (capacity > 0),
  -- Whether members may join by themselves until it has ended.
  self_enrollment boolean not null default false,
  -- Null: whatever is newest when somebody joins.
  course_version_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, id, course_id),
  check (ends_at > starts_at),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, course_id, course_version_id) references catalog.course_version (tenant_id, course_id, id)
);
create index on learning.cohort (tenant_id, course_id, starts_at desc);
select kernel.isolate('learning.cohort');

alter table learning.enrollment
  add column cohort_id uuid,
  -- Of who was withdrawn by somebody else.
  add column left_reason text check (length(left_reason) <= 500),
  add column left_by uuid,
  add foreign key (tenant_id, cohort_id, course_id) references learning.cohort (tenant_id, id, course_id),
  add foreign key (tenant_id, left_by) references identity.member (tenant_id, id);
create index on learning.enrollment (tenant_id, cohort_id) where cohort_id is not null;
create index on learning.enrollment (tenant_id, left_by) where left_by is not null;
-- The roster of a course, who was there last first.
create index on learning.enrollment (tenant_id, course_id, last_opened_at desc, id desc);
create index on learning.lesson_progress (tenant_id, course_id, enrollment_id);
