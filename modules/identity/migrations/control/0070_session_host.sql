-- A session is good on the host on which it was made (decision 25). Where earlier ones were made nobody wrote down: their people sign in once more.
delete from identity_control.session;
alter table identity_control.session add column host text not null check (host = lower(host) and host <> '');
