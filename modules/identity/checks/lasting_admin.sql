-- A tenant that has members has somebody active who can put right members and roles.
select 1
where exists (select from identity.member)
  and not exists (
    select m.id
    from identity.member m
    join identity.member_role held on held.member_id = m.id and held.starts_at <= now() and (held.expires_at is null or held.expires_at > now())
    join identity.role r on r.id = held.role_id
    cross join unnest(r.permissions) as permission
    where m.status = 'active' and permission in ('member:update', 'role:update')
    group by m.id
    having count(distinct permission) = 2
  )
