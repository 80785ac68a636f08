-- Who left lately is looked for every hour in every organisation.
create index on identity.member (tenant_id, left_at) where left_at is not null;
