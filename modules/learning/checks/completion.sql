-- Who has completed a course has completed at least one lesson of it, and not before enrolling.
select e.id from learning.enrollment e
where e.completed_at is not null
  and (e.completed_at < e.enrolled_at or not exists (select from learning.lesson_progress p where p.enrollment_id = e.id))
