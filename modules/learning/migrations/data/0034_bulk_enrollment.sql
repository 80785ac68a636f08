-- A list of people to enrol: read and looked through first, worked off when it was started.
create table learning.bulk_enrollment (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  cohort_id uuid,
  file_name text not null check (length(file_name) <= 200),
  status text not null default 'draft' check (status in ('draft', 'running', 'done')),
  -- Who made it, and whether they might invite people when they started it.
  member_id uuid not null,
  may_invite boolean not null default false,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, id, course_id),
  check ((status = 'draft') = (started_at is null)),
  check ((status = 'done') = (finished_at is not null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, cohort_id, course_id) references learning.cohort (tenant_id, id, course_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on learning.bulk_enrollment (tenant_id, course_id, created_at desc, id desc);
create index on learning.bulk_enrollment (tenant_id, cohort_id) where cohort_id is not null;
create index on learning.bulk_enrollment (tenant_id, member_id);
select kernel.isolate('learning.bulk_enrollment');

-- A line of the list. Before the start `forecast` says what would become of it; then `outcome` says what did.
create table learning.bulk_enrollment_line (
  tenant_id uuid not null default kernel.current_tenant(),
  bulk_enrollment_id uuid not null,
  course_id uuid not null,
  -- As in the file, from 1.
  line int not null check (line > 0),
  name text not null,
  email text not null,
  forecast text not null check (forecast in ('enroll', 'invite', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended')),
  outcome text check (outcome in ('enrolled', 'invited', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended', 'failed')),
  member_id uuid,
  done_at timestamptz,
  primary key (tenant_id, bulk_enrollment_id, line),
  check ((outcome is null) = (done_at is null)),
  foreign key (tenant_id, bulk_enrollment_id, course_id) references learning.bulk_enrollment (tenant_id, id, course_id) on delete cascade,
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on learning.bulk_enrollment_line (tenant_id, member_id) where member_id is not null;
-- Whom a new member's address may stand for.
create index on learning.bulk_enrollment_line (tenant_id, email) where outcome = 'invited';
select kernel.isolate('learning.bulk_enrollment_line');
