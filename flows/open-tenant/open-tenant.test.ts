import { randomUUID } from 'node:crypto';
import { systemActor, type Database } from '@milpa/kernel';
import { changeStatus } from '@milpa/tenancy';
import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureTenant, finishOpening, openTenant, openTenantJob, type OpeningDeps } from './open-tenant.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

const input = () => ({ slug: `t-${randomUUID().slice(0, 13)}`, name: 'Academia', blueprint: 'academy', firstAdminEmail: 'Directora@example.test' });

async function stateOf(slug: string) {
  const tenant = await bed.application.directory.bySlug(slug);
  if (!tenant) return null;
  return bed.application.database.readTenant(tenant, systemActor, async (tx) => ({
    status: tenant.status,
    roles: (await tx.selectFrom('identity.role').select('key').execute()).length,
    invited: (await tx.selectFrom('identity.invitation').select('email').execute()).map((row) => row.email),
  }));
}
const idOf = async (slug: string) => (await bed.application.directory.bySlug(slug))!.id;

/** The flow's dependencies, with a furnisher that counts and fails as told. */
function failingFurnisher(failures: number): OpeningDeps & { runs: number } {
  const deps = {
    ...bed.application.opening, runs: 0,
    furnishers: [...bed.application.opening.furnishers, async () => {
      deps.runs += 1;
      if (deps.runs <= failures) throw new Error('The power went out.');
    }],
  };
  return deps;
}
/** A database whose control plane is lost before its `nth` transaction. */
function lostAt(nth: number): Database {
  const { database } = bed.application;
  let count = 0;
  return { ...database, withControl: (work) => { count += 1; return count === nth ? Promise.reject(new Error('The power went out.')) : database.withControl(work); } };
}

test('a tenant opens with the roles of its blueprint, its first administrator invited', async () => {
  const wanted = input();
  const tenant = await openTenant(bed.application.opening, wanted);
  expect(tenant).toMatchObject({ status: 'active', slug: wanted.slug, locale: 'es-MX', currency: 'MXN', timeZone: 'America/Mexico_City', features: { catalog: true } });
  expect(await stateOf(wanted.slug)).toEqual({ status: 'active', roles: 5, invited: ['directora@example.test'] });
});

test('what is said goes before what the blueprint says', async () => {
  const tenant = await openTenant(bed.application.opening, { ...input(), locale: 'ar', currency: 'EGP', timeZone: 'Africa/Cairo', accent: '#2c4a8a', tagline: 'مرحبًا' });
  expect(tenant).toMatchObject({ locale: 'ar', currency: 'EGP', timeZone: 'Africa/Cairo', accent: '#2c4a8a', tagline: 'مرحبًا' });
});

describe('a crash', () => {
  test('while furnishing leaves nothing in the data plane, nobody enters, and the job that was asked for opens it', async () => {
    const wanted = input();
    const deps = failingFurnisher(1);
    await expect(openTenant(deps, wanted)).rejects.toThrow('The power went out.');
    expect(await stateOf(wanted.slug)).toEqual({ status: 'provisioning', roles: 0, invited: [] });
    expect((await bed.client(`${wanted.slug}.milpa.test`).get('courses')).status).toBe(404);

    const tenantId = await idOf(wanted.slug);
    const { rows } = await bed.owner.query('select payload from graphile_worker._private_jobs where key = $1', [`tenancy.openTenant:${tenantId}`]);
    expect(rows).toEqual([{ payload: { tenantId } }]);

    await openTenantJob(deps).run({ tenantId }, undefined as never);
    expect(await stateOf(wanted.slug)).toEqual({ status: 'active', roles: 5, invited: ['directora@example.test'] });
  });

  test('between the planes is healed without a second invitation', async () => {
    const wanted = input();
    await expect(openTenant({ ...bed.application.opening, database: lostAt(2) }, wanted)).rejects.toThrow('The power went out.');
    expect(await stateOf(wanted.slug)).toEqual({ status: 'provisioning', roles: 5, invited: ['directora@example.test'] });
    await finishOpening(bed.application.opening, await idOf(wanted.slug));
    expect(await stateOf(wanted.slug)).toEqual({ status: 'active', roles: 5, invited: ['directora@example.test'] });
  });
});

test('two that finish at once furnish once', async () => {
  const wanted = input();
  const deps = failingFurnisher(1);
  await expect(openTenant(deps, wanted)).rejects.toThrow('The power went out.');
  const tenantId = await idOf(wanted.slug);
  await Promise.all([finishOpening(deps, tenantId), finishOpening(deps, tenantId)]);
  expect(deps.runs).toBe(2);
  expect(await stateOf(wanted.slug)).toMatchObject({ status: 'active' });
});

test('finishing what is open changes nothing', async () => {
  const tenant = await openTenant(bed.application.opening, input());
  await finishOpening(bed.application.opening, tenant.id);
  expect(await bed.application.directory.byId(tenant.id)).toMatchObject({ status: 'active', version: tenant.version });
});

test('a tenant that was closed before it was open stays closed', async () => {
  const wanted = input();
  const deps = failingFurnisher(1);
  await expect(openTenant(deps, wanted)).rejects.toThrow('The power went out.');
  const tenantId = await idOf(wanted.slug);
  await bed.application.database.withControl((tx) => changeStatus(tx, tenantId, 'close'));
  await finishOpening(deps, tenantId);
  bed.application.directory.forget();
  expect(await stateOf(wanted.slug)).toEqual({ status: 'closed', roles: 0, invited: [] });
  expect((await bed.owner.query('select from tenancy_control.opening where tenant_id = $1', [tenantId])).rowCount).toBe(0);
});

test('of two that want one address at once, one gets it', async () => {
  const wanted = input();
  const results = await Promise.allSettled([openTenant(bed.application.opening, wanted), openTenant(bed.application.opening, wanted)]);
  expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'opened')).sort()).toEqual(['opened', 'tenancy.slug_taken']);
});

test('ensuring twice is one tenant, and mends one that was interrupted', async () => {
  const wanted = input();
  const deps = failingFurnisher(1);
  await expect(ensureTenant(deps, wanted)).rejects.toThrow('The power went out.');
  const first = await ensureTenant(deps, wanted);
  expect(first.status).toBe('active');
  expect((await ensureTenant(deps, wanted)).id).toBe(first.id);
});

test.each([['www', 'tenancy.slug_reserved'], ['operator', 'tenancy.slug_reserved'], ['Not a slug', 'kernel.validation_failed']])('%s is refused', async (slug, code) => {
  await expect(openTenant(bed.application.opening, { ...input(), slug })).rejects.toMatchObject({ code });
});

test('an unknown blueprint is refused, and those that are there are named', async () => {
  await expect(openTenant(bed.application.opening, { ...input(), blueprint: 'circus' })).rejects.toMatchObject({ code: 'tenancy.unknown_blueprint', params: { known: expect.stringContaining('academy') } });
});
