-- Which courses members have taken, as far as they are counted in course_pair: what makes a second enrolment count no second time.
create table learning.course_taken (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  course_id uuid not null,
  primary key (tenant_id, member_id, course_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id) on delete cascade,
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id)
);
create index on learning.course_taken (tenant_id, course_id);
select kernel.isolate('learning.course_taken', 'select, insert');

-- How many members took both; each pair stands in both directions.
create table learning.course_pair (
  tenant_id uuid not null default kernel.current_tenant(),
  course_id uuid not null,
  other_id uuid not null,
  together int not null check (together > 0),
  primary key (tenant_id, course_id, other_id),
  check (course_id <> other_id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, other_id) references catalog.course (tenant_id, id)
);
create index on learning.course_pair (tenant_id, other_id);
select kernel.isolate('learning.course_pair', 'select, insert, update');
