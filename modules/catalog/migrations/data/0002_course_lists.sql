-- The catalogue by title, and what an administrator sees first of all courses.
create index on catalog.course (tenant_id, status, title, id);
create index on catalog.course (tenant_id, updated_at desc, id desc);
