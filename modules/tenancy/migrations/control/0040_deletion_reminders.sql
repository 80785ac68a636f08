-- How many days before its end a tenant's administrators were last reminded; null: not yet.
alter table tenancy_control.deletion add column reminded_days int check (reminded_days in (7, 1));
