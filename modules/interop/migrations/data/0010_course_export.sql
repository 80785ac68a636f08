-- A course as a package for other systems, made by a job and kept for a week.
create table interop.course_export (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  format text not null check (format in ('cc', 'markdown')),
  status text not null default 'queued' check (status in ('queued', 'succeeded', 'failed')),
  -- In media.file.
  file_id uuid,
  requested_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  check ((status = 'queued') = (finished_at is null)),
  check ((status = 'succeeded') = (file_id is not null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade,
  foreign key (tenant_id, requested_by) references identity.member (tenant_id, id)
);
-- Asked for twice at once, it is made once.
create unique index on interop.course_export (tenant_id, course_id, format) where status = 'queued';
create index on interop.course_export (tenant_id, course_id, created_at desc, id desc);
create index on interop.course_export (tenant_id, requested_by);
create index on interop.course_export (tenant_id, finished_at);
select kernel.isolate('interop.course_export');
