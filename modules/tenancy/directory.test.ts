import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeDirectory, type Directory } from './directory.ts';
import { listenForTenantChanges } from './listen.ts';

let bed: TestBed;
let url: string;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  bed = await createTestBed();
  url = bed.owner.options.connectionString!;
});
afterEach(async () => { for (const stop of stops.splice(0)) await stop(); });
afterAll(() => bed.close());

/** What another process would know. */
function another(): { directory: Directory; warnings: string[] } {
  const directory = makeDirectory(bed.application.database, 'milpa.test');
  const warnings: string[] = [];
  stops.push(listenForTenantChanges(url, directory, { warn: (message) => warnings.push(message) }).stop);
  return { directory, warnings };
}
const rename = (id: string, name: string) => bed.owner.query('update tenancy_control.tenant set name = $2 where id = $1', [id, name]);
const listeners = "select pid from pg_stat_activity where application_name = 'milpa-tenant-changes' and datname = current_database()";
const listening = () => vi.waitFor(async () => expect((await bed.owner.query(`${listeners} and query like 'listen%' and state = 'idle'`)).rowCount).toBe(1), { timeout: 20_000 });

test('answers are remembered until they are forgotten', async () => {
  const { tenant, host } = await bed.tenant();
  const directory = makeDirectory(bed.application.database, 'milpa.test');
  expect((await directory.byHost(host))?.id).toBe(tenant.id);
  await rename(tenant.id, 'Renamed');
  expect((await directory.byHost(host.toUpperCase()))?.name).toBe(tenant.name);
  directory.forget();
  expect((await directory.byHost(host))?.name).toBe('Renamed');
});

test('what was asked before a change is not remembered after it', async () => {
  const { tenant } = await bed.tenant();
  const directory = makeDirectory(bed.application.database, 'milpa.test');
  const asked = directory.byId(tenant.id);
  directory.forget();
  await asked;
  await rename(tenant.id, 'Changed meanwhile');
  expect((await directory.byId(tenant.id))?.name).toBe('Changed meanwhile');
});

test('a change made by one process is heard by another', async () => {
  const { tenant } = await bed.tenant();
  const { directory } = another();
  await listening();
  expect((await directory.byId(tenant.id))?.name).toBe(tenant.name);
  await rename(tenant.id, 'Heard');
  await vi.waitFor(async () => expect((await directory.byId(tenant.id))?.name).toBe('Heard'), { timeout: 20_000 });
});

test('after a lost connection it listens again, and trusts nothing that it knew', async () => {
  const { tenant } = await bed.tenant();
  const { directory, warnings } = another();
  await listening();
  expect((await directory.byId(tenant.id))?.name).toBe(tenant.name);
  await bed.owner.query(`select pg_terminate_backend(pid) from (${listeners}) as it`);
  await rename(tenant.id, 'Unheard');
  await vi.waitFor(async () => expect((await directory.byId(tenant.id))?.name).toBe('Unheard'), { timeout: 20_000 });
  expect(warnings).toHaveLength(1);
});

test('all active tenants are gone through, and no others', async () => {
  const [one, two] = [await bed.tenant(), await bed.tenant()];
  await bed.owner.query("update tenancy_control.tenant set status = 'suspended' where id = $1", [two.tenant.id]);
  const ids: string[] = [];
  for await (const tenant of bed.application.directory.all()) ids.push(tenant.id);
  expect(ids).toContain(one.tenant.id);
  expect(ids).not.toContain(two.tenant.id);
});
