-- Nobody is in a cohort of another course, and none holds more than its places.
select c.id from learning.cohort c
where c.capacity < (select count(*) from learning.enrollment e where e.cohort_id = c.id and e.status <> 'left')
