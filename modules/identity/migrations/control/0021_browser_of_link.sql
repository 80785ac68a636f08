-- The browser that asked for the mail, where it is to be signed in by the link: the hash of a cookie that it holds.
alter table identity_control.mail_link add column browser_hash bytea;
