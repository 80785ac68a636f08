-- A pair counts the same in both directions, and never more members than took either course.
select p.course_id from learning.course_pair p
where p.together <> (select coalesce(max(q.together), 0) from learning.course_pair q where q.course_id = p.other_id and q.other_id = p.course_id)
   or p.together > (select count(*) from learning.course_taken t where t.course_id = p.course_id)
