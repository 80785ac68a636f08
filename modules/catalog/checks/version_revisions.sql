-- Every lesson of a version has its text.
select v.id from catalog.course_version v cross join lateral jsonb_path_query(v.outline, '$.modules[*].lessons[*]') lesson
left join catalog.lesson_revision r on r.tenant_id = v.tenant_id and r.id = (lesson ->> 'revisionId')::uuid and r.lesson_id = (lesson ->> 'id')::uuid
where r.id is null
