-- What members choose for themselves here. Null: the browser's theme, the organisation's time zone.
alter table identity.member
  add column theme text check (theme in ('light', 'dark')),
  add column time_zone text check (length(time_zone) between 1 and 60),
  -- In media.file, which is younger than this table: no foreign key.
  add column picture_file_id uuid,
  -- Kinds of notices that are not to come by mail.
  add column muted_notices text[] not null default '{}' check (cardinality(muted_notices) <= 40);
