-- Courses are found by catalog.search_term. What is published already gets its terms by a job.
alter table catalog.course drop column search;
alter table catalog.course no force row level security;
select kernel.add_job('catalog.refreshSearch', '{}'::json, 'catalog.refreshSearch', null, 10) where exists (select from catalog.course where status = 'published');
alter table catalog.course force row level security;
