create schema media;
grant usage on schema media to milpa_app;

-- What a file is; its bytes lie in the storage under tenant and sha256, so that the same bytes are kept once.
create table media.file (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index on media.file (tenant_id, sha256);
select kernel.isolate('media.file');
