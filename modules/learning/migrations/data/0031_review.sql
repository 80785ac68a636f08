-- What a member says of a course: one each.
create table learning.review (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  member_id uuid not null,
  rating int not null check (rating between 1 and 5),
  body text not null default '' check (length(body) <= 4000),
  answer text check (length(answer) between 1 and 4000),
  answered_at timestamptz,
  answered_by uuid,
  hidden_at timestamptz,
  hidden_by uuid,
  hidden_reason text check (length(hidden_reason) between 1 and 500),
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, course_id, member_id),
  check ((answer is null) = (answered_at is null)),
  check ((hidden_at is null) = (hidden_reason is null)),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id),
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id),
  foreign key (tenant_id, answered_by) references identity.member (tenant_id, id),
  foreign key (tenant_id, hidden_by) references identity.member (tenant_id, id)
);
create index on learning.review (tenant_id, course_id, created_at desc, id desc);
create index on learning.review (tenant_id, course_id, rating desc, id desc);
create index on learning.review (tenant_id, member_id);
create index on learning.review (tenant_id, answered_by) where answered_by is not null;
create index on learning.review (tenant_id, hidden_by) where hidden_by is not null;
select kernel.isolate('learning.review');

-- Readers who think that a review should not stand there; settled by hiding it, or by leaving it.
create table learning.review_report (
  tenant_id uuid not null default kernel.current_tenant(),
  review_id uuid not null,
  member_id uuid not null,
  reason text not null check (length(reason) between 1 and 500),
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, review_id, member_id),
  foreign key (tenant_id, review_id) references learning.review (tenant_id, id) on delete cascade,
  foreign key (tenant_id, member_id) references identity.member (tenant_id, id)
);
create index on learning.review_report (tenant_id, member_id);
create index on learning.review_report (tenant_id, created_at) where settled_at is null;
select kernel.isolate('learning.review_report', 'select, insert, update');
