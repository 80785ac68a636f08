-- What an enrolment counts is what has been done of its version.
with version as materialized (
  select v.id, catalog.required_lessons(v.id) as lessons from (select distinct course_version_id as id from learning.enrollment) v
), required as (
  select version.id, unnest(version.lessons) as lesson_id from version
), done as (
  select e.id, count(*) as lessons
  from learning.enrollment e join learning.lesson_progress p on p.tenant_id = e.tenant_id and p.enrollment_id = e.id join required r on r.id = e.course_version_id and r.lesson_id = p.lesson_id
  group by e.id
)
select e.id from learning.enrollment e join version on version.id = e.course_version_id left join done on done.id = e.id
where e.lesson_count <> cardinality(version.lessons) or e.completed_lessons <> coalesce(done.lessons, 0)
