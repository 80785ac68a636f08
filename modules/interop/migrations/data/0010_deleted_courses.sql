-- The draft that came of an import may be deleted; the import stays as what happened.
alter table interop.course_import
  drop constraint course_import_check1,
  add check (course_id is null or status = 'succeeded'),
  drop constraint course_import_tenant_id_course_id_fkey,
  add foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete set null (course_id);
