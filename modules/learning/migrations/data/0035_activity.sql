-- What happened in all courses together on a day of the organisation's time zone. Of each member the last day counts as `last_active` of that day,
-- so that those who were active since some day are a sum over days, however many members there are.
create table learning.activity_day (
  tenant_id uuid not null default kernel.current_tenant(),
  day date not null,
  enrolled int not null default 0 check (enrolled >= 0),
  completed int not null default 0 check (completed >= 0),
  lessons_completed int not null default 0 check (lessons_completed >= 0),
  active_learners int not null default 0 check (active_learners >= 0),
  last_active int not null default 0 check (last_active >= 0),
  primary key (tenant_id, day)
);

-- The day on which a member was last active.
create table learning.active_member (
  tenant_id uuid not null default kernel.current_tenant(),
  member_id uuid not null,
  last_day date not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);

-- Finds whether a member was active on a day in any course, and serves what the index without the day did.
create index active_learner_by_day on learning.active_learner (tenant_id, member_id, day);
drop index learning.active_learner_tenant_id_member_id_idx;

alter table learning.active_learner no force row level security;
alter table learning.course_day no force row level security;
insert into learning.active_member (tenant_id, member_id, last_day)
  select tenant_id, member_id, max(day) from learning.active_learner group by tenant_id, member_id;
insert into learning.activity_day (tenant_id, day, enrolled, completed, lessons_completed, active_learners, last_active)
  select c.tenant_id, c.day, sum(c.enrolled), sum(c.completed), sum(c.lessons_completed),
    (select count(distinct a.member_id) from learning.active_learner a where a.tenant_id = c.tenant_id and a.day = c.day),
    (select count(*) from learning.active_member m where m.tenant_id = c.tenant_id and m.last_day = c.day)
  from learning.course_day c group by c.tenant_id, c.day;
alter table learning.course_day force row level security;
alter table learning.active_learner force row level security;

select kernel.isolate('learning.activity_day', 'select, insert, update');
select kernel.isolate('learning.active_member', 'select, insert, update');
