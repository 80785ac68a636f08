-- What the installation offers: how much of everything, and which features.
create table tenancy_control.plan (
  key text primary key check (key ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  -- By language; in one at least.
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'),
  limits jsonb not null,
  -- What is not named here is included.
  features jsonb not null default '{}',
  -- Whom an organisation asks for more: an e-mail address, or that of a page.
  contact text check (length(contact) between 3 and 300),
  -- Since when it is not offered any more. Who is on it stays on it.
  retired_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
grant select, insert, update on tenancy_control.plan to milpa_control;

-- On which plan the new organisations of a blueprint start.
create table tenancy_control.default_plan (
  blueprint text primary key,
  plan text not null references tenancy_control.plan (key)
);
create index on tenancy_control.default_plan (plan);
grant select, insert, update on tenancy_control.default_plan to milpa_control;

-- `limits` and `features` stay what is in force. They follow from the plan and from what is agreed with this one organisation.
alter table tenancy_control.tenant
  add plan text references tenancy_control.plan (key),
  -- As its kind has them; the plan may exclude some.
  add blueprint_features jsonb,
  -- What goes before the plan.
  add limit_overrides jsonb not null default '{}',
  add feature_overrides jsonb not null default '{}';

-- For organisations that are there, all stays in force as it is: a plan for each kind with the limits that most of it have, and what another has otherwise is its override.
insert into tenancy_control.plan (key, name, limits)
select t.blueprint, coalesce(n.name, jsonb_build_object('en', left(t.blueprint, 60))), mode() within group (order by t.limits)
from tenancy_control.tenant t left join (values
  ('academy', '{"en": "Academy", "es-MX": "Academia", "ar": "أكاديمية"}'::jsonb),
  ('marketplace', '{"en": "Marketplace", "es-MX": "Mercado de cursos", "ar": "سوق دورات"}'),
  ('association', '{"en": "Association", "es-MX": "Asociación", "ar": "رابطة"}'),
  ('school', '{"en": "School", "es-MX": "Escuela", "ar": "مدرسة"}'),
  ('fund', '{"en": "Fund", "es-MX": "Fondo", "ar": "صندوق"}')) n (blueprint, name) on n.blueprint = t.blueprint
group by t.blueprint, n.name;
insert into tenancy_control.default_plan (blueprint, plan) select key, key from tenancy_control.plan;
update tenancy_control.tenant t set plan = p.key, blueprint_features = t.features,
  limit_overrides = (select coalesce(jsonb_object_agg(l.key, l.value), '{}') from jsonb_each(t.limits) l where l.value is distinct from p.limits->l.key)
from tenancy_control.plan p where p.key = t.blueprint;
alter table tenancy_control.tenant alter plan set not null, alter blueprint_features set not null;
create index on tenancy_control.tenant (plan);

-- What is in force: for a limit its override, else the plan's; for a feature its override, else what its kind has, unless the plan excludes it.
-- Whoever changes these columns has locked the plan before (`lockPlan`): a plan that changes locks itself, then its organisations.
create function tenancy_control.settle() returns trigger language plpgsql as $$
declare
  chosen record;
begin
  select p.limits, p.features into chosen from tenancy_control.plan p where p.key = new.plan for share;
  new.limits := chosen.limits || new.limit_overrides;
  new.features := coalesce((select jsonb_object_agg(f.key, case when chosen.features->f.key = 'false' then 'false' else f.value end) from jsonb_each(new.blueprint_features) f), '{}') || new.feature_overrides;
  return new;
end $$;
create trigger settle before insert or update of plan, blueprint_features, limit_overrides, feature_overrides on tenancy_control.tenant for each row execute function tenancy_control.settle();

-- A plan that changes applies to its organisations with the same commit.
create function tenancy_control.apply_plan() returns trigger language plpgsql as $$
begin
  update tenancy_control.tenant set plan = new.key where plan = new.key;
  return null;
end $$;
create trigger apply_plan after update of limits, features on tenancy_control.plan for each row
  when ((old.limits, old.features) is distinct from (new.limits, new.features)) execute function tenancy_control.apply_plan();
