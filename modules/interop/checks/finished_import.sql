-- What runs has not finished, and what succeeded has a report.
select id from interop.course_import
where (status in ('queued', 'running') and finished_at is not null) or (status = 'succeeded' and (report is null or progress < 100));
