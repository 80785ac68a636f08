-- From here on the deletion of an account cannot be called off: parts of it may be gone.
alter table identity_control.account_deletion add column started_at timestamptz;
grant update (started_at) on identity_control.account_deletion to milpa_control;
