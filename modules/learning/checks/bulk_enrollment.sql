-- A list that is done has no line left.
select b.id from learning.bulk_enrollment b
where b.status = 'done' and exists (select from learning.bulk_enrollment_line l where l.bulk_enrollment_id = b.id and l.outcome is null)
