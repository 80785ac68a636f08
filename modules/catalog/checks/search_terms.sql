-- What is found is published.
select distinct t.course_id as id from catalog.search_term t join catalog.course c on c.id = t.course_id where c.status <> 'published'
