-- Who turned out to be the same person as another member. The row stays for what refers to it, as that of who has left does, and leads to the other.
alter table identity.member
  add column merged_into uuid,
  add check (merged_into is null or (left_at is not null and merged_into <> id)),
  add foreign key (tenant_id, merged_into) references identity.member (tenant_id, id);
create index on identity.member (tenant_id, merged_into) where merged_into is not null;
