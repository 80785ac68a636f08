-- When mails of the invitation went out, as far as they still count against the limit of a day.
alter table identity.invitation add column mailed_at timestamptz[] not null default '{}';
-- Withdrawn ones count as well: by address, whatever became of the invitation.
create index on identity.invitation (tenant_id, email);
