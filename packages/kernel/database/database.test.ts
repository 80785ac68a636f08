import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemActor, type TenantRef } from '../actor.ts';
import { systemClock } from '../clock.ts';
import type { Problem } from '../problem.ts';
import { connectDatabase, isConnectionLost, type Database } from './database.ts';
import './tables.ts';

const role = 'kernel_test_reader';
let owner: pg.Client;
let server: pg.Client;
let database: Database;
let url: URL;
const name = `kernel_${randomUUID().replaceAll('-', '')}`;
const tenantOf = (): TenantRef => ({ id: randomUUID(), slug: 'any', dataPlane: 'main' });

beforeAll(async () => {
  const adminUrl = process.env['TEST_DATABASE_URL']!;
  server = new pg.Client({ connectionString: adminUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  url = new URL(adminUrl);
  url.pathname = `/${name}`;
  owner = new pg.Client({ connectionString: url.href });
  await owner.connect();
  await owner.query(`
    do $$ begin create role ${role} nologin nobypassrls; exception when duplicate_object or unique_violation then null; end $$;
    create function current_tenant() returns uuid language sql stable return nullif(current_setting('app.current_tenant', true), '')::uuid;
    create schema kernel;
    create table kernel.event (tenant_id uuid not null default current_tenant(), id uuid not null default uuidv7(), type text not null, payload jsonb not null, member_id uuid, occurred_at timestamptz not null default now(), primary key (tenant_id, id));
    alter table kernel.event enable row level security;
    alter table kernel.event force row level security;
    create policy tenant_isolation on kernel.event using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
    grant usage on schema kernel to ${role};
    grant select, insert, update, delete on kernel.event to ${role};`);
  url.searchParams.set('options', `-c role=${role}`);
  database = connectDatabase({ controlUrl: url.href, dataPlanes: { main: url.href }, clock: systemClock, poolSize: 3 });
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await server.query(`drop database ${name} with (force)`);
  await server.end();
});

const add = (tenant: TenantRef, type: string) => database.withTenant(tenant, systemActor, (tx) => tx.insertInto('kernel.event').values({ type, payload: '{}', memberId: null }).execute());
const types = (tenant: TenantRef) => database.readTenant(tenant, systemActor, async (tx) => (await tx.selectFrom('kernel.event').select('type').orderBy('type').execute()).map((row) => row.type));

describe('a tenant’s transaction', () => {
  test('sees the rows of its tenant and no others', async () => {
    const [one, other] = [tenantOf(), tenantOf()];
    await add(one, 'mine');
    await add(other, 'theirs');
    expect(await types(one)).toEqual(['mine']);
    expect(await types(other)).toEqual(['theirs']);
  });

  test('cannot write a row of another tenant', async () => {
    const foreign = tenantOf();
    const attempt = database.withTenant(tenantOf(), systemActor, (tx) => sql`insert into kernel.event (tenant_id, type, payload) values (${foreign.id}, 'planted', '{}')`.execute(tx));
    await expect(attempt).rejects.toThrow(/row-level security/);
    expect(await types(foreign)).toEqual([]);
  });

  test('leaves no tenant behind on its connection', async () => {
    const tenant = tenantOf();
    for (let i = 0; i < 6; i++) await add(tenant, `row ${i}`);
    const left = await Promise.all(Array.from({ length: 6 }, () => database.readControl((tx) => sql<{ tenant: string | null }>`select current_setting('app.current_tenant', true) as tenant`.execute(tx))));
    expect(new Set(left.map((result) => result.rows[0]?.tenant ?? ''))).toEqual(new Set(['']));
  });

  test('reads that are asked at the same time travel on few connections, and one that fails fails alone', async () => {
    const tenants = Array.from({ length: 5 }, tenantOf);
    for (const [index, tenant] of tenants.entries()) await add(tenant, `of ${index}`);
    const ask = async (tenant: TenantRef, index: number) => database.readTenant(tenant, systemActor, async (tx) => {
      const fails = index === 2 ? sql`select 1 / 0` : sql`select 1`;
      const [{ rows: [row] }, mine] = await Promise.all([
        sql<{ process: number; transaction: string; tenant: string }>`select pg_backend_pid() as process, transaction_timestamp()::text as transaction, current_tenant() as tenant`.execute(tx),
        tx.selectFrom('kernel.event').select('type').execute(), fails.execute(tx),
      ]);
      return { ...row!, types: mine.map(({ type }) => type) };
    });
    const together = await Promise.all(tenants.slice(0, 2).map((tenant) => ask(tenant, 0)));
    expect(new Set(together.map(({ process, transaction }) => `${process} ${transaction}`)).size).toBe(1);
    expect(together).toMatchObject([{ tenant: tenants[0]!.id, types: ['of 0'] }, { tenant: tenants[1]!.id, types: ['of 1'] }]);
    const beside = await Promise.allSettled(tenants.map(ask));
    expect(beside.map((each) => (each.status === 'fulfilled' ? each.value.types : (each.reason as pg.DatabaseError).code))).toEqual([['of 0'], ['of 1'], '22012', ['of 3'], ['of 4']]);
  });

  test('slow reads hold up no others, and those that wait for a connection are all answered', async () => {
    const tenant = tenantOf();
    await owner.query('select pg_advisory_lock(7)');
    const slow = Array.from({ length: 2 }, () => database.readTenant(tenant, systemActor, (tx) => sql`select pg_advisory_xact_lock_shared(7)`.execute(tx)));
    const quick = Array.from({ length: 100 }, (_, index) => database.readTenant(tenant, systemActor, async (tx) => (await sql<{ index: number }>`select ${index}::int as index`.execute(tx)).rows[0]!.index));
    expect(await Promise.all(quick.slice(60))).toEqual(Array.from({ length: 40 }, (_, index) => 60 + index));
    await owner.query('select pg_advisory_unlock(7)');
    expect(await Promise.all(quick)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    await Promise.all(slow);
  });

  test('keeps simultaneous readers of different tenants apart', async () => {
    const tenants = Array.from({ length: 8 }, tenantOf);
    await Promise.all(tenants.map((tenant) => add(tenant, tenant.id)));
    const seen = await Promise.all(Array.from({ length: 80 }, (_, i) => types(tenants[i % 8]!)));
    expect(seen.every((rows, i) => rows.length === 1 && rows[0] === tenants[i % 8]!.id)).toBe(true);
  });

  test('takes everything back when the work fails', async () => {
    const tenant = tenantOf();
    const work = database.withTenant(tenant, systemActor, async (tx) => {
      await tx.insertInto('kernel.event').values({ type: 'lost', payload: '{}', memberId: null }).execute();
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await types(tenant)).toEqual([]);
  });

  test('does not pretend to commit after an error that was swallowed', async () => {
    const tenant = tenantOf();
    const work = database.withTenant(tenant, systemActor, async (tx) => {
      await tx.insertInto('kernel.event').values({ type: 'first', payload: '{}', memberId: null }).execute();
      await sql`select 1 / 0`.execute(tx).catch(() => {});
    });
    await expect(work).rejects.toThrow(/swallowed/);
    expect(await types(tenant)).toEqual([]);
  });

  test('may not be used after it has ended', async () => {
    let keep: (() => Promise<unknown>) | undefined;
    await database.withTenant(tenantOf(), systemActor, async (tx) => { keep = () => tx.selectFrom('kernel.event').select('id').execute(); });
    await expect(keep?.()).rejects.toThrow(/has ended/);
  });

  test('runs its after-commit work only when it was committed', async () => {
    const heard: string[] = [];
    await database.withTenant(tenantOf(), systemActor, async (tx) => tx.afterCommit(() => heard.push('committed')));
    await database.withTenant(tenantOf(), systemActor, async (tx) => { tx.afterCommit(() => heard.push('rolled back')); throw new Error('no'); }).catch(() => {});
    expect(heard).toEqual(['committed']);
  });
});

test('work that finds no free connection is told so, reading and writing', async () => {
  const narrow = connectDatabase({ controlUrl: url.href, dataPlanes: { main: url.href }, clock: systemClock, poolSize: 1, patience: 100 });
  onTestFinished(() => narrow.close());
  const one = sql`select 1`;
  const refused = await narrow.withControl(async (tx) => {
    await one.execute(tx);
    return Promise.all([narrow.readControl((other) => one.execute(other)), narrow.withControl((other) => one.execute(other))].map((work) => work.then(() => 'served', (error: Problem) => [error.code, error.status])));
  });
  expect(refused).toEqual([['kernel.overloaded', 503], ['kernel.overloaded', 503]]);
});

describe('a read', () => {
  test('cannot write, whatever the code says', async () => {
    const tenant = tenantOf();
    const attempt = database.readTenant(tenant, systemActor, (tx) => tx.insertInto('kernel.event').values({ type: 'sly', payload: '{}', memberId: null }).execute());
    await expect(attempt).rejects.toThrow(/read-only transaction/);
  });

  test('gives names in camelCase, times in ISO 8601 and big integers as numbers', async () => {
    const tenant = tenantOf();
    const { rows } = await database.readTenant(tenant, systemActor, (tx) => sql`select '2026-01-02 03:04:05.5+00'::timestamptz as occurred_at, '2026-01-02 03:04:05+00'::timestamptz as on_the_second, '2026-01-02 03:04:05.123456+00'::timestamptz as finely, 9007199254740991::bigint as big_number, null::int as no_value`.execute(tx));
    expect(rows).toEqual([{ occurredAt: '2026-01-02T03:04:05.500Z', onTheSecond: '2026-01-02T03:04:05.000Z', finely: '2026-01-02T03:04:05.123456Z', bigNumber: 9007199254740991, noValue: null }]);
  });

  test('takes a list of any length as one parameter, also an empty one', async () => {
    const tenant = tenantOf();
    for (const type of ['a', 'b', 'c']) await add(tenant, type);
    const named = (operator: 'in' | 'not in', list: string[]) =>
      database.readTenant(tenant, systemActor, async (tx) => (await tx.selectFrom('kernel.event').select('type').where('type', operator, list).orderBy('type').execute()).map(({ type }) => type));
    expect(await Promise.all([named('in', ['a', 'c']), named('in', []), named('not in', ['a', 'c']), named('not in', [])])).toEqual([['a', 'c'], [], ['b'], ['a', 'b', 'c']]);
  });

  test('goes on after a statement that failed, also one that was being prepared', async () => {
    const tenant = tenantOf();
    await add(tenant, 'here');
    for (let i = 0; i < 5; i++) await expect(database.readTenant(tenant, systemActor, (tx) => sql`select * from nowhere where id = ${i}`.execute(tx))).rejects.toThrow(/does not exist/);
    for (let i = 0; i < 5; i++) await expect(database.readTenant(tenant, systemActor, (tx) => sql`select ${'x'}::text::int`.execute(tx))).rejects.toThrow(/invalid input syntax/);
    expect(await types(tenant)).toEqual(['here']);
  });

  test('is asked again on another connection when its own is cut', async () => {
    const tenant = tenantOf();
    await owner.query('select pg_advisory_lock(77)');
    const read = database.readTenant(tenant, systemActor, (tx) => sql`select pg_advisory_xact_lock_shared(77), 'read' as word`.execute(tx));
    await cutWaiting();
    await owner.query('select pg_advisory_unlock(77)');
    expect((await read).rows).toMatchObject([{ word: 'read' }]);
    expect(await types(tenant)).toEqual([]);
  });
});

/** Ends the connection that waits for the lock 77, as soon as there is one. */
async function cutWaiting(): Promise<void> {
  for (let cut = 0; cut === 0;) cut = (await owner.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 77 and not granted")).rowCount ?? 0;
}

describe('a change', () => {
  test('is not made again when its connection is cut: it is told, and the next is served', async () => {
    const tenant = tenantOf();
    await owner.query('select pg_advisory_lock(77)');
    const change = database.withTenant(tenant, systemActor, async (tx) => {
      await tx.insertInto('kernel.event').values({ type: 'lost', payload: '{}', memberId: null }).execute();
      await sql`select pg_advisory_xact_lock(77)`.execute(tx);
    }).then(() => 'done', isConnectionLost);
    await cutWaiting();
    await owner.query('select pg_advisory_unlock(77)');
    expect(await change).toBe(true);
    await add(tenant, 'next');
    expect(await types(tenant)).toEqual(['next']);
  });

  test('whose connection is cut while it commits says that nobody knows', async () => {
    await owner.query(`
      create function wait() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(77); return null; end $$;
      create constraint trigger at_commit after insert on kernel.event deferrable initially deferred for each row when (new.type = 'late') execute function wait();
      select pg_advisory_lock(77)`);
    const change = add(tenantOf(), 'late').then(() => 'done', (error: Problem) => error.code);
    await cutWaiting();
    await owner.query('select pg_advisory_unlock(77)');
    expect(await change).toBe('kernel.outcome_unknown');
  });
});
