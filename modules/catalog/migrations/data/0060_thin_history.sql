-- Thins what nobody named and nobody reads: docs/decisions/0023-retention.md. The serving role can neither delete versions or revisions otherwise nor shorten the times.
create function catalog.thin_history(most int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  versions int;
  revisions int;
  chosen uuid[];
begin
  -- Versions that were saved without a word and never published nor looked through, but for a course's last one. A course in which somebody is at work waits for tomorrow.
  with outworn as (
    select v.id from catalog.course_version v join catalog.course c on c.tenant_id = v.tenant_id and c.id = v.course_id
    where v.tenant_id = kernel.current_tenant() and v.published_at is null and v.note = '' and v.created_at < now() - interval '90 days'
      and exists (select from catalog.course_version w where w.tenant_id = v.tenant_id and w.course_id = v.course_id and w.number > v.number)
      and not exists (select from catalog.course_review r where r.tenant_id = v.tenant_id and r.course_version_id = v.id)
    order by v.id limit most for update of c skip locked
  )
  delete from catalog.course_version v using outworn where v.tenant_id = kernel.current_tenant() and v.id = outworn.id;
  get diagnostics versions = row_count;
  -- Earlier texts of lessons that no version names: all of the last thirty days, then the last of each day, and after a year the last of each month.
  with aged as (
    select r.id, r.course_id, row_number() over (
      partition by r.lesson_id, date_trunc(case when r.created_at < now() - interval '1 year' then 'month' else 'day' end, r.created_at, 'UTC'), r.created_at < now() - interval '1 year'
      order by r.created_at desc, r.id desc) as place
    from catalog.lesson_revision r where r.tenant_id = kernel.current_tenant() and r.created_at < now() - interval '30 days'
  ), spare as materialized (
    select id, course_id from aged where place > 1
  ), named as materialized (
    select (lesson ->> 'revisionId')::uuid as id from catalog.course_version v cross join lateral jsonb_path_query(v.outline, '$.modules[*].lessons[*]') lesson
    where v.tenant_id = kernel.current_tenant() and exists (select from spare where spare.course_id = v.course_id)
  ), thinned as (
    select s.id from spare s join catalog.course c on c.tenant_id = kernel.current_tenant() and c.id = s.course_id
    where not exists (select from named where named.id = s.id)
    limit most - versions for update of c skip locked
  )
  select coalesce(array_agg(id), '{}') into chosen from thinned;
  -- Asked again by another statement, which sees what was committed before their courses were locked: a version that was published meanwhile may name one of them.
  with named as materialized (
    select (lesson ->> 'revisionId')::uuid as id from catalog.course_version v cross join lateral jsonb_path_query(v.outline, '$.modules[*].lessons[*]') lesson
    where v.tenant_id = kernel.current_tenant() and v.course_id in (select course_id from catalog.lesson_revision where tenant_id = kernel.current_tenant() and id = any(chosen))
  )
  delete from catalog.lesson_revision r where r.tenant_id = kernel.current_tenant() and r.id = any(chosen) and not exists (select from named where named.id = r.id);
  get diagnostics revisions = row_count;
  return versions + revisions;
end $$;
revoke all on function catalog.thin_history(int) from public;
grant execute on function catalog.thin_history(int) to milpa_app;
