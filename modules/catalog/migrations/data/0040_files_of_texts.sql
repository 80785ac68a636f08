-- Which files a lesson's text names, and those that are offered beside a revision of it: who reads a lesson may have them, and none of them is deleted.
create function catalog.named_files(html text) returns uuid[] language sql immutable parallel safe as $$
  select array(select distinct m[1]::uuid from regexp_matches(html, 'milpa-file:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') m)
$$;
create function catalog.offered_files(attachments jsonb) returns uuid[] language sql immutable parallel safe as $$
  select array(select distinct (a ->> 'fileId')::uuid from jsonb_array_elements(attachments) a)
$$;
alter table catalog.lesson add file_ids uuid[] not null generated always as (catalog.named_files(body_html)) stored;
alter table catalog.lesson_revision add file_ids uuid[] not null generated always as (catalog.named_files(body_html) || catalog.offered_files(attachments)) stored;
