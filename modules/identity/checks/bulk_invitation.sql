-- A list that is done has no line left.
select b.id from identity.bulk_invitation b
where b.status = 'done' and exists (select from identity.bulk_invitation_line l where l.bulk_invitation_id = b.id and l.outcome is null)
