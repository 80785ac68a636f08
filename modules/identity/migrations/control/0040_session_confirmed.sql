-- When its owner last showed again who they are, for sensitive acts; null: not since signing in.
alter table identity_control.session add column confirmed_at timestamptz;
