-- The session that a family of tokens was made from: they end with it. Null: made by password.
alter table identity.refresh_token add column session_id uuid;
