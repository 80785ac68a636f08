-- Invitations that wait are for roles that exist.
select i.id from identity.invitation i, unnest(i.role_ids) as role_id
where i.status = 'pending' and not exists (select from identity.role r where r.id = role_id)
