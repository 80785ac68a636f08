/** Every table that holds tenants' rows is closed to other tenants, by the catalogue's own word. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../packages/testkit/scratch.ts';
import { countDataTables, tableRules, walkTables } from '../../packages/testkit/tables.ts';

let database: ScratchDatabase;
beforeAll(async () => { database = await createScratchDatabase(); });
afterAll(() => database.drop());

test('the walk sees the tables of every module', async () => {
  expect(await countDataTables(database.owner)).toBeGreaterThan(15);
});

test('the migrated database breaks no rule', async () => {
  expect(await walkTables(database.owner)).toEqual([]);
});

const table = (body: string) => `create table planted.thing (tenant_id uuid not null default kernel.current_tenant(), id uuid not null default uuidv7(), ${body})`;
const sound = `${table('name text, primary key (tenant_id, id)')}; select kernel.isolate('planted.thing')`;

/** Each breaks exactly the rule that it stands under. */
const planted: Record<string, string> = {
  'tenant_id is there and never null': `create table planted.thing (tenant_id uuid, id uuid primary key); alter table planted.thing drop constraint thing_pkey; ` +
    `alter table planted.thing alter id drop not null; create unique index on planted.thing (tenant_id, id); select kernel.isolate('planted.thing')`,
  'row-level security is enabled': `${sound}; alter table planted.thing disable row level security`,
  'row-level security is forced': `${sound}; alter table planted.thing no force row level security`,
  'a policy for every command compares the tenant': `${sound}; drop policy tenant_isolation on planted.thing`,
  'every policy compares the tenant in USING and in WITH CHECK': `${sound}; drop policy tenant_isolation on planted.thing; create policy reads on planted.thing using (tenant_id = kernel.current_tenant())`,
  'there is a primary key': `${table('name text')}; select kernel.isolate('planted.thing')`,
  'unique keys begin with tenant_id': `${sound}; alter table planted.thing add unique (name)`,
  'foreign keys begin with tenant_id on both sides': `${table('course_id uuid, primary key (tenant_id, id), foreign key (course_id, tenant_id) references catalog.course (id, tenant_id)')}; select kernel.isolate('planted.thing')`,
  'setting null leaves tenant_id alone': `${table('course_id uuid, primary key (tenant_id, id), foreign key (tenant_id, course_id) references catalog.course (tenant_id, id) on delete set null')}; select kernel.isolate('planted.thing')`,
  'no foreign key crosses the planes': `${sound}; alter table planted.thing add foreign key (tenant_id) references tenancy_control.tenant (id)`,
  'views ask as the one who reads them': 'create view planted.thing as select * from catalog.course',
  'nothing is materialised across tenants': 'create materialized view planted.thing as select count(*) from catalog.course',
  'no sequence tells one tenant of another': 'create sequence planted.thing',
  'foreign tables are not isolated': 'create foreign data wrapper planted; create server planted foreign data wrapper planted; create foreign table planted.thing (tenant_id uuid not null) server planted',
  'serving roles own nothing': `${sound}; alter table planted.thing owner to milpa_app`,
  'serving roles create nothing': 'grant create on schema planted to milpa_app',
  'the serving role has no way into the control plane and the queue': 'grant usage on schema identity_control to milpa_app',
  'the control role has no rights on tenants’ rows': 'grant select (title) on catalog.course to milpa_control',
  'the serving role neither truncates nor triggers': 'grant truncate on catalog.course to milpa_app',
  'nothing is granted to everybody': 'grant select on catalog.course to public',
  'what is appended is never changed': 'grant update (outcome) on kernel.audit_entry to milpa_app',
  'functions with their owner’s rights pin search_path': "create function planted.thing() returns int language sql security definer return 1; revoke execute on function planted.thing from public",
  'functions with their owner’s rights are not for everybody': "create function planted.thing() returns int language sql security definer set search_path = pg_catalog, pg_temp return 1",
  'serving roles have no special rights': 'alter role milpa_app bypassrls',
  'serving roles are members of no role': 'grant pg_read_all_data to milpa_app',
};

test('every rule has an example that breaks it', () => {
  expect(Object.keys(planted).toSorted()).toEqual([...tableRules].toSorted());
});

/** Plants in a transaction that is rolled back: roles are shared by every database of the server. */
async function faultsWith(fault: string) {
  const client = await database.owner.connect();
  try {
    await client.query('begin');
    await client.query(`create schema planted; ${fault}`);
    return await walkTables(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test.each(Object.entries(planted))('%s: a planted fault is found', async (rule, fault) => {
  expect((await faultsWith(fault)).map((found) => found.rule)).toContain(rule);
});
