-- The words by which published courses are found, each as it is written and by its stem ("es:energi"). Plain equality and ranges of text in byte
-- order use an index under row-level security, which full-text operators do not.
create table catalog.search_term (
  tenant_id uuid not null default kernel.current_tenant(),
  term text collate "C" not null,
  course_id uuid not null,
  weight smallint not null check (weight > 0),
  primary key (tenant_id, term, course_id) include (weight),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade
);
create index on catalog.search_term (tenant_id, course_id);
select kernel.isolate('catalog.search_term');

-- The vocabulary of a tenant by pieces of three letters: for words that nobody wrote as they were typed.
create table catalog.search_gram (
  tenant_id uuid not null default kernel.current_tenant(),
  gram text collate "C" not null,
  word text collate "C" not null,
  primary key (tenant_id, gram, word)
);
create index on catalog.search_gram (tenant_id, word);
select kernel.isolate('catalog.search_gram');

-- Counts what changes the catalogue that people see, so that a remembered answer can be known to hold.
create table catalog.catalog_version (
  tenant_id uuid not null default kernel.current_tenant(),
  version bigint not null default 1,
  changed_by xid8 not null default pg_current_xact_id(),
  primary key (tenant_id)
);
select kernel.isolate('catalog.catalog_version', 'select, insert, update');

-- Once for a transaction, and at its end: nobody waits for another's long work.
create function catalog.count_change() returns trigger language plpgsql as $$
begin
  insert into catalog.catalog_version as v (tenant_id) values (coalesce(new.tenant_id, old.tenant_id))
  on conflict (tenant_id) do update set version = v.version + 1, changed_by = pg_current_xact_id() where v.changed_by <> pg_current_xact_id();
  return null;
end $$;
revoke execute on function catalog.count_change from public;
grant execute on function catalog.count_change to milpa_app;

-- Whether a draft is being written is nobody's business; what is counted of a published course is anything but its author's own bookkeeping.
create function catalog.shown(course catalog.course) returns jsonb language sql stable
  return case when course.status = 'published' then to_jsonb(course) - array['version', 'outline_version', 'content_version', 'updated_at', 'search'] end;
revoke execute on function catalog.shown from public;
grant execute on function catalog.shown to milpa_app;

create constraint trigger course_added after insert on catalog.course deferrable initially deferred
  for each row when (new.status = 'published') execute function catalog.count_change();
create constraint trigger course_changed after update on catalog.course deferrable initially deferred
  for each row when (catalog.shown(old) is distinct from catalog.shown(new)) execute function catalog.count_change();
create constraint trigger course_removed after delete on catalog.course deferrable initially deferred
  for each row when (old.status = 'published') execute function catalog.count_change();
create constraint trigger category_changed after insert or update or delete on catalog.category deferrable initially deferred
  for each row execute function catalog.count_change();
