-- Invitations are for roles that exist.
select i.id from identity.invitation i, unnest(i.role_ids) as role_id
where not exists (select from identity.role r where r.id = role_id)
