create schema tenancy;
grant usage on schema tenancy to milpa_app;

-- That the tenant has received its roles and whatever else its blueprint brings. Written in the transaction that brings them.
create table tenancy.furnishing (
  tenant_id uuid primary key default kernel.current_tenant(),
  blueprint text not null,
  furnished_at timestamptz not null default now()
);
select kernel.isolate('tenancy.furnishing', 'select, insert');
