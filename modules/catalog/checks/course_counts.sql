-- A course counts its modules, lessons and minutes as they are.
select c.id from catalog.course c
where c.module_count <> (select count(*) from catalog.course_module m where m.course_id = c.id)
   or c.lesson_count <> (select count(*) from catalog.lesson l where l.course_id = c.id)
   or c.duration_minutes <> (select coalesce(sum(l.minutes), 0) from catalog.lesson l where l.course_id = c.id)
