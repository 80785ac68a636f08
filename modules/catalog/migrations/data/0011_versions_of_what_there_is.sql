-- What there is: files belong to their courses, and what is published, or was, becomes version 1.
do $$
declare
  tenants uuid[];
  t uuid;
begin
  alter table catalog.course no force row level security;
  tenants := array(select distinct tenant_id from catalog.course);
  alter table catalog.course force row level security;
  foreach t in array tenants loop
    perform set_config('app.current_tenant', t::text, true);

    insert into catalog.course_file (tenant_id, course_id, file_id) select distinct tenant_id, course_id, file_id from catalog.attachment where tenant_id = t;
    delete from catalog.attachment where tenant_id = t and lesson_id is null;

    insert into catalog.lesson_revision (tenant_id, course_id, lesson_id, title, minutes, body_html, attachments, digest, created_at, member_id)
    select l.tenant_id, l.course_id, l.id, l.title, l.minutes, l.body_html, a.attachments, catalog.lesson_digest(l.title, l.minutes, l.body_html, a.attachments), l.updated_at, c.owner_member_id
    from catalog.lesson l join catalog.course c on c.tenant_id = l.tenant_id and c.id = l.course_id cross join lateral (select catalog.lesson_attachments(l.id) as attachments) a
    where l.tenant_id = t and c.status <> 'draft';

    insert into catalog.course_version (tenant_id, course_id, number, content_version, details, outline, lesson_count, duration_minutes, created_at, member_id, published_at)
    select c.tenant_id, c.id, 1, 1,
      jsonb_build_object('title', c.title, 'summary', c.summary, 'descriptionHtml', c.description_html, 'language', c.language, 'level', c.level, 'tags', to_jsonb(c.tags)),
      jsonb_build_object('requiredShare', 100, 'sequential', false, 'modules', coalesce((
        select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'release', m.release, 'prerequisiteIds', to_jsonb(m.prerequisite_ids), 'lessons', coalesce((
          select jsonb_agg(jsonb_build_object('id', l.id, 'revisionId', r.id, 'title', l.title, 'minutes', l.minutes, 'completion', l.completion, 'optional', l.optional) order by l.position)
          from catalog.lesson l join catalog.lesson_revision r on r.tenant_id = l.tenant_id and r.lesson_id = l.id
          where l.tenant_id = t and l.module_id = m.id), '[]')) order by m.position)
        from catalog.course_module m where m.tenant_id = t and m.course_id = c.id), '[]')),
      c.lesson_count, c.duration_minutes, coalesce(c.published_at, c.updated_at), c.owner_member_id, coalesce(c.published_at, c.updated_at)
    from catalog.course c where c.tenant_id = t and c.status <> 'draft';

    update catalog.course c set published_version_id = v.id from catalog.course_version v where c.tenant_id = t and v.tenant_id = t and v.course_id = c.id;
  end loop;
  perform set_config('app.current_tenant', '', true);
end $$;

-- Triggers of a later migration may still have to run.
set constraints all immediate;
alter table catalog.course add check ((status = 'draft') = (published_version_id is null));
alter table catalog.attachment
  alter lesson_id set not null,
  add foreign key (tenant_id, course_id, file_id) references catalog.course_file (tenant_id, course_id, file_id);
