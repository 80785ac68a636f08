create schema tenancy_control;
grant usage on schema tenancy_control to milpa_control;

create table tenancy_control.tenant (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 120),
  tagline text check (length(tagline) <= 200),
  blueprint text not null,
  status text not null default 'provisioning' check (status in ('provisioning', 'active', 'suspended', 'closed')),
  -- Why it is suspended.
  status_reason text check (length(status_reason) <= 500),
  -- Which data plane holds the tenant's rows; a tenant may be moved to another.
  data_plane text not null default 'main',
  locale text not null check (locale in ('en', 'es-MX', 'ar')),
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  logo_file_id uuid,
  sign_up text not null default 'invitation' check (sign_up in ('open', 'invitation')),
  features jsonb not null default '{}',
  limits jsonb not null,
  allowed_origins text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on tenancy_control.tenant (created_at desc, id desc);
grant select, insert, update on tenancy_control.tenant to milpa_control;

-- What is still to be done for a tenant that is being opened; gone when it is open.
create table tenancy_control.opening (
  tenant_id uuid primary key references tenancy_control.tenant (id),
  -- Whom to invite as its first administrator, if anybody.
  first_admin_email text,
  created_at timestamptz not null default now()
);
grant select, insert, delete on tenancy_control.opening to milpa_control;

-- Hosts of a tenant beyond its subdomain; they count once the owner of the name has been shown to be the tenant.
create table tenancy_control.domain (
  host text primary key check (host = lower(host) and host ~ '^[a-z0-9.-]{3,253}$'),
  tenant_id uuid not null references tenancy_control.tenant (id),
  -- What the owner of the name puts into its TXT record.
  token text not null check (length(token) >= 20),
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
create index on tenancy_control.domain (tenant_id);
grant select, insert, update, delete on tenancy_control.domain to milpa_control;

-- Every process that remembers tenants hears of changes.
create function tenancy_control.announce() returns trigger language plpgsql as $$
begin
  perform pg_notify('milpa_tenant', '');
  return null;
end $$;
create trigger announce after insert or update or delete on tenancy_control.tenant for each statement execute function tenancy_control.announce();
create trigger announce after insert or update or delete on tenancy_control.domain for each statement execute function tenancy_control.announce();
