-- The course of an import knows the package that it came from; one that was deleted since is not named any more.
select i.id from interop.course_import i
left join catalog.course c on c.id = i.course_id and c.source_digest is not null
where i.course_id is not null and c.id is null;
