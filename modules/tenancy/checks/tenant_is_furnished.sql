-- A tenant that is open has received what its blueprint brings.
select kernel.current_tenant() as tenant_id where not exists (select from tenancy.furnishing);
