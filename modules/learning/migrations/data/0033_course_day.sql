-- What happened in a course on a day of the organisation's time zone, counted by the handlers of the events.
create table learning.course_day (
  tenant_id uuid not null default kernel.current_tenant(),
  course_id uuid not null,
  day date not null,
  enrolled int not null default 0 check (enrolled >= 0),
  completed int not null default 0 check (completed >= 0),
  lessons_completed int not null default 0 check (lessons_completed >= 0),
  active_learners int not null default 0 check (active_learners >= 0),
  primary key (tenant_id, course_id, day),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id)
);
select kernel.isolate('learning.course_day', 'select, insert, update');

-- Who is counted among a day's active learners already.
create table learning.active_learner (
  tenant_id uuid not null default kernel.current_tenant(),
  course_id uuid not null,
  day date not null,
  member_id uuid not null,
  primary key (tenant_id, course_id, day, member_id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on learning.active_learner (tenant_id, member_id);
select kernel.isolate('learning.active_learner', 'select, insert');
