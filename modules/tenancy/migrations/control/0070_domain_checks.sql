-- An organisation's admins bring their domains themselves. Anybody may claim any name; it is theirs once they have proved it, and then nobody else's.
alter table tenancy_control.domain
  drop constraint domain_pkey,
  add primary key (tenant_id, host),
  -- From here on there is time to prove it; then the claim is forgotten.
  add claimed_at timestamptz not null default now(),
  add checked_at timestamptz,
  -- What name servers said then: { texts, elsewhere, aliases, addresses, ours }; null when they did not answer.
  add found jsonb,
  -- Since when the proof of a verified domain is gone.
  add missing_since timestamptz check (missing_since is null or verified_at is not null);
drop index tenancy_control.domain_tenant_id_idx;
create unique index domain_verified on tenancy_control.domain (host) where verified_at is not null;
create index on tenancy_control.domain (checked_at);

-- The verified domain to which an organisation's other addresses lead; null for its subdomain.
alter table tenancy_control.tenant
  add primary_host text,
  add foreign key (id, primary_host) references tenancy_control.domain (tenant_id, host) on delete set null (primary_host);

-- What is looked up changes nothing that processes remember.
drop trigger announce on tenancy_control.domain;
create trigger announce after insert or delete or update of verified_at on tenancy_control.domain for each statement execute function tenancy_control.announce();
