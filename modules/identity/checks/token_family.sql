-- Of a family of tokens, at most one can still be used, and it belongs to one member.
select family_id from identity.refresh_token
group by family_id
having count(*) filter (where used_at is null and revoked_at is null) > 1 or count(distinct member_id) > 1
