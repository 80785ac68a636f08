-- A course counts its modules, lessons and minutes as learners get them; as long as it was never published, as the draft has them.
select c.id from catalog.course c left join catalog.course_version v on v.tenant_id = c.tenant_id and v.id = c.published_version_id cross join lateral (
  select case when v.id is null then (select count(*) from catalog.course_module m where m.course_id = c.id and m.removed_at is null) else jsonb_array_length(v.outline -> 'modules') end as modules,
    case when v.id is null then draft.lessons else (select count(*) from jsonb_path_query(v.outline, '$.modules[*].lessons[*]')) end as lessons,
    case when v.id is null then draft.minutes else v.duration_minutes end as minutes
  from (
    select count(*) as lessons, coalesce(sum(l.minutes), 0) as minutes
    from catalog.lesson l join catalog.course_module m on m.tenant_id = l.tenant_id and m.id = l.module_id where l.course_id = c.id and l.removed_at is null and m.removed_at is null
  ) draft
) counted
where c.module_count <> counted.modules or c.lesson_count <> counted.lessons or c.duration_minutes <> counted.minutes
