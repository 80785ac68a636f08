create schema interop;
grant usage on schema interop to milpa_app;

-- One row for each package that somebody brought, from the upload to the report.
create table interop.course_import (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  file_name text not null check (length(file_name) between 1 and 200),
  -- Bytes, as uploaded.
  size bigint not null check (size > 0),
  -- Of the upload. Whether a course came before is told by the digest of the package's content: see catalog.course.source_digest.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed')),
  step text not null default 'waiting' check (step in ('waiting', 'reading', 'saving', 'finished')),
  progress int not null default 0 check (progress between 0 and 100),
  report jsonb,
  problem_code text,
  problem_params jsonb,
  course_id uuid,
  repeated boolean not null default false,
  requested_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  check ((status in ('succeeded', 'failed')) = (finished_at is not null)),
  check ((status = 'succeeded') = (course_id is not null)),
  check ((status = 'succeeded') = (report is not null)),
  check ((status = 'failed') = (problem_code is not null)),
  check ((problem_code is null) = (problem_params is null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, requested_by) references identity.member (tenant_id, id)
);
create index on interop.course_import (tenant_id, created_at desc, id desc);
create index on interop.course_import (tenant_id, requested_by, created_at desc, id desc);
create index on interop.course_import (tenant_id, course_id);
create index on interop.course_import (tenant_id) where status in ('queued', 'running');
select kernel.isolate('interop.course_import', 'select, insert, update');
