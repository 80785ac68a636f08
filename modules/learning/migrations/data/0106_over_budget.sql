alter table learning.bulk_enrollment_line drop constraint bulk_enrollment_line_outcome_check;
alter table learning.bulk_enrollment_line add constraint bulk_enrollment_line_outcome_check
  check (outcome in ('enrolled', 'invited', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended', 'over_budget', 'failed'));
