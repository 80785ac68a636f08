-- When to look again for what was written behind somebody who has left; null: they are here, or all of it is gone.
alter table identity.member add column erase_again_at timestamptz check (erase_again_at is null or left_at is not null);
create index on identity.member (tenant_id, erase_again_at) where erase_again_at is not null;
drop index identity.member_tenant_id_left_at_idx;

alter table identity.member no force row level security;
update identity.member set erase_again_at = left_at where left_at > now() - interval '2 days' and merged_into is null;
alter table identity.member force row level security;
