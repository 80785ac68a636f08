import { randomUUID } from 'node:crypto';
import { createTestBed, testPassword, type Answer, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
let academy: TestTenant;
let admin: Client;
beforeAll(async () => {
  bed = await createTestBed();
  [operator, academy] = await Promise.all([bed.operator(), bed.tenant('academy')]);
  admin = (await academy.person('admin')).client;
});
afterAll(() => bed.close());

const newSlug = () => `t-${randomUUID().slice(0, 13)}`;
const etag = (answer: Answer) => ({ 'if-match': answer.headers.etag ?? '' });
const fresh = async () => (await operator.post('operator/tenants', { slug: newSlug(), name: 'Familias', blueprint: 'association' })).body;

describe('opening', () => {
  test('opens a tenant that is found by its subdomain, and invites its administrator', async () => {
    const slug = newSlug();
    const answer = await operator.post('operator/tenants', { slug, name: 'Academia Sol', blueprint: 'academy', locale: 'es-MX', currency: 'MXN', firstAdminEmail: 'directora@example.test' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ slug, name: 'Academia Sol', status: 'active', abilities: { update: true, suspend: true, resume: false, close: true } });
    expect((await bed.client(`${slug}.milpa.test`).get('courses')).status).toBe(200);
    const { rows } = await bed.owner.query('select email from identity.invitation where tenant_id = $1', [answer.body.id]);
    expect(rows).toEqual([{ email: 'directora@example.test' }]);
  });

  test('repeated with its key it is one tenant; without, its address is taken', async () => {
    const body = { slug: newSlug(), name: 'Academia', blueprint: 'academy' };
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await operator.post('operator/tenants', body, key), await operator.post('operator/tenants', body, key)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    const third = await operator.post('operator/tenants', body);
    expect([third.status, third.body.code]).toEqual([409, 'tenancy.slug_taken']);
  });

  test.each([
    ['www', 'academy', 422, 'tenancy.slug_reserved'], ['Bad_Slug', 'academy', 422, 'kernel.validation_failed'], ['circus', 'circus', 422, 'tenancy.unknown_blueprint'],
  ])('%s from %s is refused', async (slug, blueprint, status, code) => {
    const answer = await operator.post('operator/tenants', { slug, name: 'A', blueprint });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('the blueprints are listed in the reader’s language', async () => {
    const answer = await operator.get('operator/blueprints', { 'accept-language': 'ar' });
    expect(answer.body.data.map((blueprint: { key: string }) => blueprint.key)).toEqual(['academy', 'association', 'fund', 'marketplace', 'school']);
    expect(answer.body.data[0].name).toBe('أكاديمية');
  });
});

describe('with one connection to the control plane', () => {
  let narrow: TestBed;
  beforeAll(async () => { narrow = await createTestBed({ poolSize: 1 }); });
  afterAll(() => narrow.close());

  test('opening with a key needs no second one, and a repetition finishes what was interrupted', async () => {
    const client = await narrow.operator();
    const body = { slug: newSlug(), name: 'Academia', blueprint: 'academy' };
    const key = { 'idempotency-key': randomUUID() };
    const { opening } = narrow.application;
    const furnishers = [...opening.furnishers];
    (opening.furnishers as unknown[]).push(() => Promise.reject(new Error('The power went out.')));
    expect((await client.post('operator/tenants', body, key)).status).toBe(500);
    (opening.furnishers as unknown[]).length = furnishers.length;
    const again = await client.post('operator/tenants', body, key);
    expect([again.status, again.body.status, again.headers.etag]).toEqual([201, 'active', `"${again.body.version}"`]);
    expect((await narrow.owner.query('select from tenancy_control.tenant where slug = $1', [body.slug])).rowCount).toBe(1);
  });
});

describe('reading', () => {
  test('lists newest first, in pages, by state and words', async () => {
    const marker = `Zacatal ${randomUUID()}`;
    const slugs = [newSlug(), newSlug(), newSlug()];
    for (const slug of slugs) {
      bed.clock.advance(1000);
      await operator.post('operator/tenants', { slug, name: marker, blueprint: 'fund' });
    }
    const list = async (query: string) => (await operator.get(`operator/tenants?q=${encodeURIComponent(marker)}&${query}`)).body;
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.page.next}`);
    expect([...first.data, ...second.data].map((row) => row.slug)).toEqual(slugs.toReversed());
    expect(second.page.next).toBeNull();
    expect((await list('status=suspended')).data).toEqual([]);
    expect((await operator.get('operator/tenants?q=%25')).body.data).toEqual([]);
  });

  test('shows what a tenant uses of its limits', async () => {
    const answer = await operator.get(`operator/tenants/${academy.tenant.id}`);
    expect(answer.body).toMatchObject({ limits: { courses: 200 }, usage: { courses: 0, members: 1, storageBytes: 0 } });
    expect(answer.headers.etag).toBe(`"${answer.body.version}"`);
  });

  test('an unknown tenant is not there', async () => {
    const answer = await operator.get(`operator/tenants/${randomUUID()}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'tenancy.tenant_not_found']);
  });
});

describe('changing', () => {
  test('features and limits that are not named stay; a version read before is refused', async () => {
    const { id } = await fresh();
    const read = await operator.get(`operator/tenants/${id}`);
    const change = { features: { import: false }, limits: { courses: 3 }, allowedOrigins: ['https://app.example'] };
    const changed = await operator.patch(`operator/tenants/${id}`, change, etag(read));
    expect(changed.body).toMatchObject({ features: { ...read.body.features, import: false }, limits: { ...read.body.limits, courses: 3 }, allowedOrigins: ['https://app.example'] });
    const again = await operator.patch(`operator/tenants/${id}`, change, etag(read));
    expect([again.status, again.body.code]).toEqual([412, 'kernel.version_conflict']);
    expect((await operator.patch(`operator/tenants/${id}`, change)).status).toBe(428);
  });

  test('pages of an origin that is allowed may call the API, others may not', async () => {
    const { id, slug } = await fresh();
    await operator.patch(`operator/tenants/${id}`, { allowedOrigins: ['https://app.example'] }, etag(await operator.get(`operator/tenants/${id}`)));
    const preflight = async (origin: string) => (await bed.client(`${slug}.milpa.test`).ask('courses', { method: 'OPTIONS', headers: { origin } })).headers['access-control-allow-origin'];
    expect([await preflight('https://app.example'), await preflight('https://evil.example')]).toEqual(['https://app.example', undefined]);
  });

  test('a feature that nobody knows is refused by name', async () => {
    const { id } = await fresh();
    const answer = await operator.patch(`operator/tenants/${id}`, { features: { improt: true } }, etag(await operator.get(`operator/tenants/${id}`)));
    expect([answer.status, answer.body.fields]).toEqual([422, [expect.objectContaining({ path: 'body.features.improt', code: 'unknown' })]]);
  });

  test('a new address leads there at once, the old one no longer; one that is taken is refused', async () => {
    const { id, slug: old } = await fresh();
    const slug = newSlug();
    expect((await bed.client(`${old}.milpa.test`).get('courses')).status).toBe(200);
    await operator.patch(`operator/tenants/${id}`, { slug }, etag(await operator.get(`operator/tenants/${id}`)));
    expect((await bed.client(`${slug}.milpa.test`).get('courses')).status).toBe(200);
    expect((await bed.client(`${old}.milpa.test`).get('courses')).status).toBe(404);
    const taken = await operator.patch(`operator/tenants/${id}`, { slug: academy.tenant.slug }, etag(await operator.get(`operator/tenants/${id}`)));
    expect([taken.status, taken.body.code]).toEqual([409, 'tenancy.slug_taken']);
  });

  test('suspended, everybody is told; resumed, it is open; each happens once', async () => {
    const { id, slug } = await fresh();
    const host = bed.client(`${slug}.milpa.test`);
    const suspended = await operator.post(`operator/tenants/${id}/suspend`, { reason: 'Unpaid since March' });
    expect(suspended.body).toMatchObject({ status: 'suspended', statusReason: 'Unpaid since March' });
    expect((await host.get('courses')).body.code).toBe('kernel.tenant_suspended');
    expect((await operator.post(`operator/tenants/${id}/suspend`, { reason: 'Again' })).body.code).toBe('tenancy.status_conflict');
    expect((await operator.post(`operator/tenants/${id}/resume`)).body).toMatchObject({ status: 'active', statusReason: null });
    expect((await host.get('courses')).status).toBe(200);
    expect((await operator.post(`operator/tenants/${id}/resume`)).body.code).toBe('tenancy.status_conflict');
  });

  test('closing wants the address typed, keeps the data, and is for good', async () => {
    const { id, slug } = await fresh();
    const wrong = await operator.post(`operator/tenants/${id}/close`, { slug: academy.tenant.slug });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'tenancy.slug_mismatch']);
    expect((await operator.post(`operator/tenants/${id}/close`, { slug })).body).toMatchObject({ status: 'closed', abilities: { update: false, suspend: false, resume: false, close: false } });
    expect((await bed.client(`${slug}.milpa.test`).get('courses')).status).toBe(404);
    expect((await operator.post(`operator/tenants/${id}/resume`)).body.code).toBe('tenancy.status_conflict');
    expect((await operator.patch(`operator/tenants/${id}`, { name: 'B' }, etag(await operator.get(`operator/tenants/${id}`)))).body.code).toBe('tenancy.status_conflict');
    const { rows } = await bed.owner.query('select count(*)::int as roles from identity.role where tenant_id = $1', [id]);
    expect(rows[0].roles).toBeGreaterThan(0);
  });
});

test('an operator’s screen that was left open closes, opens and changes nothing until they have shown who they are', async () => {
  const { id, slug } = await fresh();
  const office = await bed.operator();
  await office.post(`operator/tenants/${id}/domains`, { host: `${slug}.example` });
  const acts: [string, string, object?][] = [
    ['PATCH', `operator/tenants/${id}`, { plan: 'fund' }], ['POST', `operator/tenants/${id}/suspend`, { reason: 'Found open' }], ['POST', `operator/tenants/${id}/resume`], ['POST', `operator/tenants/${id}/close`, { slug }],
    ['DELETE', `operator/tenants/${id}/domains/${slug}.example`], ['PATCH', 'operator/plans/fund', { limits: { members: 1 } }],
  ];
  const seen = async () => [(await office.get(`operator/tenants/${id}`)).body, (await office.get(`operator/tenants/${id}/domains`)).body, (await office.get('operator/plans/fund')).body];
  const before = await seen();
  bed.clock.advance(11 * 60_000);
  for (const [method, path, body] of [...acts, ...acts]) {
    expect((await office.ask(path, { method, body, headers: { 'if-match': '"1"' } })).body.code, `${method} ${path}`).toBe('kernel.confirmation_required');
  }
  expect(await seen()).toEqual(before);
  expect((await office.put('account/confirmation', { method: 'password', password: testPassword })).status).toBe(200);
  expect((await office.post(`operator/tenants/${id}/suspend`, { reason: 'Asked for it' })).body.status).toBe('suspended');
  bed.clock.advance(-11 * 60_000);
});

describe('for anybody but an operator', () => {
  const calls: [string, string, object?][] = [
    ['GET', 'operator/tenants'], ['POST', 'operator/tenants', { slug: 'intruder', name: 'A', blueprint: 'academy' }], ['GET', 'operator/tenants/{id}'],
    ['PATCH', 'operator/tenants/{id}', { name: 'Taken over' }], ['POST', 'operator/tenants/{id}/suspend', { reason: 'x' }], ['POST', 'operator/tenants/{id}/resume'],
    ['POST', 'operator/tenants/{id}/close', { slug: 'x' }], ['GET', 'operator/blueprints'],
  ];
  test.each(calls)('%s %s is not there, and nothing changes', async (method, path, body) => {
    const { rows: before } = await bed.owner.query('select * from tenancy_control.tenant where id = $1', [academy.tenant.id]);
    const ask = { method, body, headers: { 'if-match': '"1"' } };
    expect((await admin.ask(path.replace('{id}', academy.tenant.id), ask)).status).toBe(404);
    expect((await bed.client('milpa.test').ask(path.replace('{id}', academy.tenant.id), ask)).status).toBe(401);
    const { rows: after } = await bed.owner.query('select * from tenancy_control.tenant where id = $1', [academy.tenant.id]);
    expect(after).toEqual(before);
    expect((await bed.owner.query("select from tenancy_control.tenant where slug = 'intruder'")).rowCount).toBe(0);
  });
});
