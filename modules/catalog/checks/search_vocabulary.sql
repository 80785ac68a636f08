-- A word is offered for a misspelt one only while a course has it.
select distinct g.word as id from catalog.search_gram g where not exists (select from catalog.search_term t where t.term = g.word)
