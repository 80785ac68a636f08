create index on media.file (tenant_id, created_by);
