create schema catalog;
grant usage on schema catalog to milpa_app;

create table catalog.category (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  parent_id uuid,
  slug text not null,
  name text not null check (length(name) between 1 and 120),
  position int not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  foreign key (tenant_id, parent_id) references catalog.category (tenant_id, id) on delete restrict
);
create index on catalog.category (tenant_id, parent_id);
select kernel.isolate('catalog.category');

create table catalog.course (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  slug text not null,
  title text not null check (length(title) between 1 and 200),
  summary text not null default '' check (length(summary) <= 500),
  description_html text not null default '',
  language text not null,
  level text not null default 'all' check (level in ('beginner', 'intermediate', 'advanced', 'all')),
  status text not null default 'draft' check (status in ('draft', 'published', 'archived')),
  category_id uuid,
  tags text[] not null default '{}',
  price_amount bigint check (price_amount > 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  owner_member_id uuid,
  -- Of an imported course: the digest of its package, so that the same package makes no second course.
  source_digest text,
  module_count int not null default 0,
  lesson_count int not null default 0,
  duration_minutes int not null default 0,
  search tsvector not null default '',
  version int not null default 1,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  unique (tenant_id, source_digest),
  check ((price_amount is null) = (price_currency is null)),
  check (status <> 'published' or published_at is not null),
  foreign key (tenant_id, category_id) references catalog.category (tenant_id, id)
);
create index on catalog.course (tenant_id, status, published_at desc, id desc);
create index on catalog.course (tenant_id, category_id);
create index on catalog.course (tenant_id, owner_member_id, updated_at desc);
select kernel.isolate('catalog.course');

create table catalog.course_module (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  position int not null,
  title text not null check (length(title) between 1 and 200),
  primary key (tenant_id, id),
  unique (tenant_id, course_id, position) deferrable initially deferred,
  unique (tenant_id, course_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade
);
select kernel.isolate('catalog.course_module');

create table catalog.lesson (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  module_id uuid not null,
  position int not null,
  title text not null check (length(title) between 1 and 200),
  minutes int check (minutes between 1 and 600),
  body_html text not null default '',
  version int not null default 1,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, module_id, position) deferrable initially deferred,
  unique (tenant_id, course_id, id),
  foreign key (tenant_id, course_id, module_id) references catalog.course_module (tenant_id, course_id, id) on delete cascade
);
create index on catalog.lesson (tenant_id, course_id);
select kernel.isolate('catalog.lesson');

create table catalog.attachment (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  course_id uuid not null,
  -- Null: used inside lessons (a picture), not listed beside one.
  lesson_id uuid,
  file_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  position int not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete cascade,
  foreign key (tenant_id, course_id, lesson_id) references catalog.lesson (tenant_id, course_id, id) on delete cascade,
  foreign key (tenant_id, file_id) references media.file (tenant_id, id)
);
create index on catalog.attachment (tenant_id, course_id, file_id);
create index on catalog.attachment (tenant_id, lesson_id);
select kernel.isolate('catalog.attachment');
