-- Nobody has completed a course before enrolling. What they did in it may be gone with the lessons that were removed since.
select e.id from learning.enrollment e
where e.completed_at < e.enrolled_at
