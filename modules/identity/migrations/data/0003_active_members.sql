-- Counted whenever somebody joins or is invited.
create index on identity.member (tenant_id) where status = 'active';
