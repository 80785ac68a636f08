-- An import ends within a day: by its job, or by the sweep that gives it up.
select id from interop.course_import where status in ('queued', 'running') and created_at < now() - interval '2 days';
