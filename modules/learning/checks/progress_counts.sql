-- What an enrolment counts is what has been done of its version.
select e.id from learning.enrollment e cross join lateral (select catalog.required_lessons(e.course_version_id) as lessons) v
where e.lesson_count <> cardinality(v.lessons)
   or e.completed_lessons <> (select count(*) from learning.lesson_progress p where p.tenant_id = e.tenant_id and p.enrollment_id = e.id and p.lesson_id = any(v.lessons))
