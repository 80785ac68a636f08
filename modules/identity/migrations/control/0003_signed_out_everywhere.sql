-- When the account was last signed out everywhere: refresh tokens from before count no more.
alter table identity_control.account add column signed_out_at timestamptz;
