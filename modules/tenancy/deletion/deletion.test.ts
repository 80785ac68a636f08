import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { erasureOrder } from './rows.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

test('asked for with its name typed, it says when, writes once to each admin and to the operator, and stays usable', async () => {
  const tenant = await bed.tenant();
  const [admin, second] = [await tenant.person('admin'), await tenant.person('admin')];
  const browser = await tenant.browse(admin);
  const wrong = await browser.put('tenant-deletion', { name: 'Another' });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'tenancy.name_mismatch']);
  const asked = await browser.put('tenant-deletion', { name: tenant.tenant.name });
  const again = await (await tenant.browse(second)).put('tenant-deletion', { name: tenant.tenant.name });
  expect(again.body).toEqual(asked.body);
  expect(Date.parse(asked.body.dueAt) - Date.parse(asked.body.requestedAt)).toBeGreaterThan(29.9 * 86_400_000);
  await bed.runJobs();
  const mails = async () => (await bed.owner.query('select recipient from kernel_control.mail where recipient = any($1) order by 1', [[admin.email, second.email]])).rows.map(({ recipient }) => recipient);
  expect(await mails()).toEqual([admin.email, second.email].toSorted());
  expect((await admin.client.get('settings')).status).toBe(200);
  const seen = await (await bed.operator()).get(`operator/tenants/${tenant.tenant.id}`);
  expect(seen.body.deletion).toEqual({ requestedAt: asked.body.requestedAt, dueAt: asked.body.dueAt, erasedAt: null });

  expect((await second.client.delete('tenant-deletion')).status).toBe(204);
  expect((await admin.client.get('tenant-deletion')).body).toEqual({ requestedAt: null, dueAt: null, abilities: { request: true, cancel: false } });
  await bed.runJobs();
  expect(await mails()).toHaveLength(4);
  expect((await (await bed.operator()).get(`operator/tenants/${tenant.tenant.id}`)).body.deletion).toBeNull();
});

test('who may not, and another tenant’s admin, change nothing', async () => {
  const [tenant, elsewhere] = [await bed.tenant(), await bed.tenant()];
  const [instructor, stranger] = [await tenant.person('instructor'), await elsewhere.person('admin')];
  const body = { name: tenant.tenant.name };
  expect([403, 404]).toContain((await (await tenant.browse(instructor)).put('tenant-deletion', body)).status);
  expect((await tenant.visitor.put('tenant-deletion', body)).status).toBe(401);
  expect((await (await elsewhere.browse(stranger)).put('tenant-deletion', body, { 'x-tenant-id': tenant.tenant.id })).status).toBe(404);
  expect((await (await tenant.browse(stranger)).put('tenant-deletion', body)).status).toBe(404);
  const admin = await tenant.person('admin');
  expect((await admin.client.put('tenant-deletion', body)).body.code, 'a token').toBe('kernel.session_required');
  const browser = await tenant.browse(admin);
  bed.clock.advance(11 * 60_000);
  expect((await browser.put('tenant-deletion', body)).body.code, 'an old proof').toBe('kernel.confirmation_required');
  bed.clock.advance(-11 * 60_000);
  expect((await bed.owner.query('select from tenancy.deletion where tenant_id = any($1)', [[tenant.tenant.id, elsewhere.tenant.id]])).rowCount).toBe(0);
});

test('once it has begun it cannot be called off', async () => {
  const tenant = await bed.tenant();
  const admin = await tenant.person('admin');
  await (await tenant.browse(admin)).put('tenant-deletion', { name: tenant.tenant.name });
  await bed.owner.query('update tenancy.deletion set started_at = now() where tenant_id = $1', [tenant.tenant.id]);
  const late = await admin.client.delete('tenant-deletion');
  expect([late.status, late.body.code]).toEqual([409, 'tenancy.deletion_started']);
});

test('who refers to others goes first, and who refer to each other go together', () => {
  expect(erasureOrder([
    { name: 'file', references: [] }, { name: 'course', references: ['version', 'file'] }, { name: 'version', references: ['course'] }, { name: 'category', references: ['category'] }, { name: 'enrollment', references: ['course'] },
  ])).toEqual([
    { tables: ['category'], whole: true }, { tables: ['enrollment'], whole: false }, { tables: ['course', 'version'], whole: true }, { tables: ['file'], whole: false },
  ]);
});
