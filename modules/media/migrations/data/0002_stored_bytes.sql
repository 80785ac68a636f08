-- The bytes that a tenant has stored are summed, each content once, before anything is added: from the index alone.
drop index media.file_tenant_id_sha256_idx;
create index on media.file (tenant_id, sha256) include (size);
