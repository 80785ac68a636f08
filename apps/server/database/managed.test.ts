/** A PostgreSQL that somebody else runs, whose owner of the database is no superuser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTenant } from '@milpa/flows';
import { addMember, createVerifiedAccount } from '@milpa/identity';
import { fixedClock, migrate, missingRights, purgeEvents, roleUrl, systemActor } from '@milpa/kernel';
import { runDueJobs } from '@milpa/kernel/jobs';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDataTables, walkTables } from '../../../packages/testkit/tables.ts';
import { composeApplication } from '../application.ts';
import { migrationSources } from '../modules.ts';
import { rolePasswords } from '../secrets.ts';
import { type Database } from './database.ts';
import { startTestDatabase } from './test-database.ts';

const passwords = { app: 'a', control: 'b' };
const secret = 'a secret for a managed database, long enough';
let server: Database;
let superuser: pg.Client;
beforeAll(async () => {
  server = await startTestDatabase();
  superuser = new pg.Client(server.url);
  await superuser.connect();
  await superuser.query("create role managed login createrole password 'm'");
  await superuser.query('create database managed owner managed');
});
afterAll(async () => {
  await superuser.end();
  await server.stop();
});

/** The connection of somebody to a database of the server. */
function urlOf(user: string, password: string, database: string): string {
  const url = new URL(server.url);
  Object.assign(url, { username: user, password, pathname: `/${database}` });
  return url.href;
}
async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('an owner that may make roles is enough: migrated, migrated again, an organisation opened, served and isolated', { timeout: 120_000 }, async () => {
  const adminUrl = urlOf('managed', 'm', 'managed');
  expect((await migrate(adminUrl, migrationSources, passwords)).length).toBeGreaterThan(20);
  expect(await migrate(adminUrl, migrationSources, rolePasswords(secret)), 'passwords change with the secret').toEqual([]);
  await connected(adminUrl, async (client) => {
    expect(await missingRights(client)).toEqual([]);
    expect(await countDataTables(client)).toBeGreaterThan(15);
    expect(await walkTables(client)).toEqual([]);
  });

  const dataDir = await mkdtemp(join(tmpdir(), 'milpa-managed-'));
  const log = pino({ level: 'silent' });
  const application = await composeApplication({ adminUrl, dataDir, secret, baseHost: 'milpa.test', secure: false, trustProxy: false, clock: fixedClock(new Date()), log, version: '0', poolSize: 2 });
  const tenant = await openTenant(application.opening, { slug: 'managed', name: 'Managed', tagline: null, blueprint: 'academy', firstAdminEmail: 'first@example.test' });
  const person = { email: 'learner@example.test', name: 'Test learner', locale: 'en' as const };
  const { accountId } = await createVerifiedAccount(application.auth, { ...person, password: 'tres hermanas en el campo' });
  await application.database.withTenant(tenant, systemActor, (tx) => addMember(tx, { ...person, accountId, roleKeys: ['learner'] }));
  await runDueJobs({ connectionString: roleUrl(adminUrl, 'control', rolePasswords(secret).control), jobs: [...application.jobs], log });
  const events = await application.database.readTenant(tenant, systemActor, (tx) => tx.selectFrom('kernel.event').select('type').execute());
  expect(events.map(({ type }) => type)).toContain('MemberJoined');
  expect((await connected(urlOf('managed', 'm', 'managed'), (client) => client.query('select recipient from kernel_control.mail'))).rows).toEqual([{ recipient: 'first@example.test' }]);
  await connected(adminUrl, (client) => client.query("select set_config('app.current_tenant', $1, false)", [tenant.id]).then(() => client.query("update kernel.event set occurred_at = now() - interval '31 days'")));
  expect(await application.database.withTenant(tenant, systemActor, (tx) => purgeEvents(tx, 100))).toBe(events.length);
  expect((await application.server.inject({ url: '/api/v1/courses', headers: { host: 'managed.milpa.test' } })).statusCode).toBe(200);
  const failed = await connected(adminUrl, (client) => client.query('select last_error from graphile_worker._private_jobs where last_error is not null'));
  expect(failed.rows, 'every job ran').toEqual([]);
  await application.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('what is missing is named, with the statement that grants it, and with it granted all is well', async () => {
  await superuser.query("create role poor login password 'p'; create role milpa_elsewhere; create role milpa_bare");
  await superuser.query('create database poor');
  const poor = urlOf('poor', 'p', 'poor');
  const lacking = () => connected(poor, (client) => missingRights(client, ['milpa_elsewhere', 'milpa_bare']));
  const missing = await lacking();
  expect(missing.map(({ statement }) => statement)).toEqual([
    'grant create on database poor to poor;', 'alter role poor createrole;', 'grant milpa_bare, milpa_elsewhere to poor with admin option;',
  ]);
  await expect(migrate(poor, [], passwords)).rejects.toThrow('alter role poor createrole;');
  for (const { statement } of missing) await superuser.query(statement);
  expect(await lacking()).toEqual([]);
});

test('a serving role with might is stripped of it by who may, and refused by who may not', async () => {
  await superuser.query('alter role milpa_app superuser createdb');
  await expect(migrate(urlOf('managed', 'm', 'managed'), [], passwords)).rejects.toThrow('alter role milpa_app nosuperuser nocreatedb;');
  await migrate(server.url, [], passwords);
  expect((await superuser.query("select rolsuper or rolcreatedb as mighty, rolcanlogin as login from pg_roles where rolname = 'milpa_app'")).rows).toEqual([{ mighty: false, login: true }]);
});
