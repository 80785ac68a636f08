import { randomUUID } from 'node:crypto';
import { sql, systemActor, type Database } from '@milpa/kernel';
import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTenant, closeTenants, type ClosingDeps } from './close-tenant.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const deps = (database: Database = bed.application.database): ClosingDeps =>
  ({ database, directory: bed.application.directory, removeFiles: (id) => bed.application.storage.removeAll(id) });

/** A database that is lost before its `nth` transaction. */
function lostAt(nth: number): Database {
  const { database } = bed.application;
  let count = 0;
  const counted = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => {
    count += 1;
    return count === nth ? Promise.reject(new Error('The power went out.')) : work(...args);
  };
  return { ...database, withControl: counted(database.withControl) as Database['withControl'], withTenant: counted(database.withTenant) as Database['withTenant'] };
}

interface Used { tenant: TestTenant; admin: Person; id: string }

/** An organisation with a file, a published course, somebody enrolled, a name of its own. */
async function used(): Promise<Used> {
  const tenant = await bed.tenant();
  const { id } = tenant.tenant;
  const [admin, instructor, learner] = [await tenant.person('admin'), await tenant.person('instructor'), await tenant.person('learner')];
  const { body: parent } = await admin.client.post('categories', { name: 'Soil' });
  await admin.client.post('categories', { name: 'Clay', parentId: parent.id });
  const { body: course } = await instructor.client.post('courses', { title: 'Water', language: 'en', summary: 'How much, when.' });
  const { body: part } = await instructor.client.post(`courses/${course.id}/modules`, { title: 'One' });
  await instructor.client.post(`courses/${course.id}/modules/${part.id}/lessons`, { title: 'A', bodyHtml: '<p>Text</p>' });
  expect((await instructor.client.post(`courses/${course.id}/publish`)).status).toBe(200);
  expect((await learner.client.post(`courses/${course.id}/enrollments`)).status).toBe(201);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  expect((await admin.client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } })).status).toBe(204);
  await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token) values ($1, $2, 'aaaaaaaaaaaaaaaaaaaaaaaa')", [`${randomUUID()}.example`, id]);
  await bed.runJobs();
  return { tenant, admin, id };
}

/** How many rows each table has of a tenant, those without any left out; as the owner counts. */
async function rowsOf(id: string): Promise<Record<string, number>> {
  const { rows: tables } = await bed.owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind = 'r' and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$' order by 1`);
  const counts: [string, number][] = [];
  for (const { name } of tables) {
    const { rows: [row] } = await bed.owner.query<{ count: string }>(`select count(*) from ${name} where tenant_id = $1`, [id]);
    if (row?.count !== '0') counts.push([name, Number(row?.count)]);
  }
  return Object.fromEntries(counts);
}

const requestDeletion = async ({ admin, tenant }: Used) => (await tenant.browse(admin)).put('tenant-deletion', { name: tenant.tenant.name });

/** The grace is over, in both planes. */
async function overdue(id: string): Promise<void> {
  await bed.runJobs();
  await bed.owner.query("update tenancy.deletion set requested_at = now() - interval '31 days', due_at = now() - interval '1 day' where tenant_id = $1", [id]);
  await bed.owner.query("update tenancy_control.deletion set requested_at = now() - interval '31 days', due_at = now() - interval '1 day' where tenant_id = $1", [id]);
}

const powerFails = (closing: ClosingDeps, id: string): Promise<boolean> => closeTenant(closing, id).then(() => false, (error: Error) => {
  if (error.message !== 'The power went out.') throw error;
  return true;
});

const storedFiles = (id: string) => bed.application.storage.list(id, new Date(8.64e15));

test('interrupted before each of its steps and run again, it erases all of the tenant and nothing of another', { timeout: 180_000 }, async () => {
  const [doomed, other] = [await used(), await used()];
  const before = await rowsOf(other.id);
  expect(Object.keys(before).length).toBeGreaterThan(15);
  expect(await storedFiles(doomed.id)).toHaveLength(1);
  expect((await requestDeletion(doomed)).body).toMatchObject({ abilities: { request: false, cancel: true } });
  await overdue(doomed.id);

  let interrupted = 0;
  while (await powerFails(deps(lostAt(1 + 3 * interrupted)), doomed.id)) interrupted += 1;
  expect(interrupted).toBeGreaterThan(5);
  for (const early of [1, 2]) {
    const one = await used();
    await requestDeletion(one);
    await overdue(one.id);
    await expect(closeTenant(deps(lostAt(early)), one.id)).rejects.toThrow('The power went out.');
    await closeTenant(deps(), one.id);
    expect(await rowsOf(one.id)).toEqual({});
  }
  await closeTenant(deps(), doomed.id);

  expect(await rowsOf(doomed.id)).toEqual({});
  expect(await storedFiles(doomed.id)).toEqual([]);
  expect(await storedFiles(other.id)).toHaveLength(1);
  expect(await rowsOf(other.id)).toEqual(before);
  expect((await bed.owner.query('select from tenancy_control.domain where tenant_id = $1', [doomed.id])).rowCount).toBe(0);
  expect((await bed.owner.query("select from tenancy_control.deletion where tenant_id = $1 and erased_at is not null", [doomed.id])).rowCount).toBe(1);
  expect((await bed.owner.query("select from kernel_control.audit_entry where action = 'tenancy.eraseTenant' and subject_id = $1", [doomed.id])).rowCount).toBe(1);
  expect((await bed.owner.query('select status, tagline from tenancy_control.tenant where id = $1', [doomed.id])).rows).toEqual([{ status: 'closed', tagline: null }]);
  expect((await doomed.tenant.visitor.get('courses')).status).toBe(404);
  expect((await other.tenant.visitor.get('courses')).status).toBe(200);
});

test('called off in time, everything stays, and the schedule finds nothing to do', async () => {
  const one = await used();
  await requestDeletion(one);
  await bed.runJobs();
  const before = await rowsOf(one.id);
  expect((await one.admin.client.delete('tenant-deletion')).status).toBe(204);
  expect((await one.admin.client.delete('tenant-deletion')).status).toBe(204);
  await bed.runJobs();
  expect((await bed.owner.query('select from tenancy_control.deletion where tenant_id = $1', [one.id])).rowCount).toBe(0);
  await closeTenants(deps()).jobs[0]!.run({}, { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: undefined as never });
  const { 'tenancy.deletion': _gone, 'kernel.audit_entry': entries, ...rest } = before;
  const { 'kernel.audit_entry': entriesNow, ...restNow } = await rowsOf(one.id);
  expect(restNow).toEqual(rest);
  expect(entriesNow).toBeGreaterThanOrEqual(entries!);
});

test('what the control plane says alone erases nothing, and is forgotten', async () => {
  const one = await used();
  await bed.owner.query("insert into tenancy_control.deletion (tenant_id, requested_at, due_at) values ($1, now() - interval '31 days', now() - interval '1 day')", [one.id]);
  const before = await rowsOf(one.id);
  await closeTenant(deps(), one.id);
  expect(await rowsOf(one.id)).toEqual(before);
  expect((await bed.owner.query('select from tenancy_control.deletion where tenant_id = $1', [one.id])).rowCount).toBe(0);
  expect((await one.tenant.visitor.get('courses')).status).toBe(200);
});

test('before its time by the database’s clock nothing happens, whatever the application’s clock says', async () => {
  const one = await used();
  await requestDeletion(one);
  await bed.runJobs();
  const before = await rowsOf(one.id);
  await closeTenant(deps(), one.id);
  expect(await rowsOf(one.id)).toEqual(before);
  expect((await bed.owner.query('select from tenancy_control.deletion where tenant_id = $1', [one.id])).rowCount).toBe(1);
});

test('the serving role can neither erase before the grace is over, nor shorten it, nor reach the log otherwise', async () => {
  const one = await used();
  await requestDeletion(one);
  const { database } = bed.application;
  const attempt = (text: string) => database.withTenant(one.tenant.tenant, systemActor, (tx) => sql.raw(text).execute(tx));
  const erase = "select tenancy.erase('{kernel.audit_entry}'::regclass[], 100)";
  await expect(attempt(erase)).rejects.toThrow('not due');
  await expect(attempt("update tenancy.deletion set due_at = now() - interval '1 day'")).rejects.toThrow('permission denied');
  await expect(attempt("insert into tenancy.deletion (tenant_id, due_at) values (kernel.current_tenant(), now())")).rejects.toThrow('permission denied');
  await attempt('update tenancy.deletion set started_at = now()');
  await expect(attempt(erase)).rejects.toThrow('not due');
  await overdue(one.id);
  await expect(attempt("select tenancy.erase('{tenancy_control.tenant}'::regclass[], 100)")).rejects.toThrow('permission denied');
  await expect(attempt("select tenancy.erase('{tenancy.deletion}'::regclass[], 100)")).rejects.toThrow('Not a table of tenants');
});
