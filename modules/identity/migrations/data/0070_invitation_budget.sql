-- How many invitations an organisation mailed within a day is asked before each.
create index on identity.invitation (tenant_id, updated_at);

alter table identity.bulk_invitation_line drop constraint bulk_invitation_line_outcome_check;
alter table identity.bulk_invitation_line add constraint bulk_invitation_line_outcome_check
  check (outcome in ('invited', 'already_member', 'already_invited', 'duplicate', 'no_such_role', 'not_allowed', 'bad_address', 'bad_date', 'bad_language', 'no_place', 'mailed_often', 'over_budget', 'failed'));
