-- Every tenant with roles has the role of visitors, which sees what modules declare to be for everybody, and belongs to nobody.
select 1 where exists (select from identity.role) and not exists (select from identity.role where key = 'visitor')
union all
select 1 from identity.role r, unnest(r.permissions) as permission where r.key = 'visitor' and permission <> all ('{course:read}')
union all
select 1 from identity.member_role held join identity.role r on r.id = held.role_id where r.key = 'visitor'
