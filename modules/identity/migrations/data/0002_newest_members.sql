create index on identity.member (tenant_id, joined_at desc, id desc);
