-- Every category hangs on a root: none lies within itself.
with recursive hanging as (
  select id from catalog.category where parent_id is null
  union select child.id from catalog.category child join hanging on child.parent_id = hanging.id
)
select id from catalog.category where id not in (select id from hanging)
