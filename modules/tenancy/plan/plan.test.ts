import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestBed, type Answer, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { followBlueprint } from '@milpa/flows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
beforeAll(async () => {
  bed = await createTestBed();
  operator = await bed.operator();
});
afterAll(() => bed.close());

const limits = { courses: 5, members: 20, storageBytes: 1_000_000, apiPerMinute: 1000 };
const newKey = (word = 'plan') => `${word}-${randomUUID().slice(0, 13)}`;
const etag = (answer: Answer) => ({ 'if-match': answer.headers.etag ?? '' });
const create = async (fields: object = {}): Promise<string> => {
  const key = newKey();
  const answer = await operator.post('operator/plans', { key, name: { en: 'A plan' }, limits, ...fields });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return key;
};
const change = async (key: string, body: object) => operator.patch(`operator/plans/${key}`, body, etag(await operator.get(`operator/plans/${key}`)));
const tenantOf = async ({ tenant }: TestTenant) => (await operator.get(`operator/tenants/${tenant.id}`)).body;
const agree = async (place: TestTenant, body: object) => operator.patch(`operator/tenants/${place.tenant.id}`, body, etag(await operator.get(`operator/tenants/${place.tenant.id}`)));
const onPlan = async (plan: string): Promise<TestTenant> => {
  const place = await bed.tenant();
  expect((await agree(place, { plan })).body).toMatchObject({ plan, limitOverrides: {}, featureOverrides: {} });
  return place;
};

describe('a plan', () => {
  test('is made, read, changed and listed; its short name is taken then', async () => {
    const key = newKey();
    const made = await operator.post('operator/plans', { key, name: { ar: 'صغيرة', en: 'Small' }, limits, features: { import: false }, contact: 'more@example.org' });
    expect(made.body).toMatchObject({ key, name: { ar: 'صغيرة', en: 'Small' }, limits, features: { import: false }, contact: 'more@example.org', defaultFor: [], tenants: 0, retiredAt: null, abilities: { retire: true, offer: false } });
    const changed = await operator.patch(`operator/plans/${key}`, { limits: { members: 30 }, contact: 'https://example.org/more' }, etag(made));
    expect(changed.body).toMatchObject({ limits: { ...limits, members: 30 }, features: { import: false }, contact: 'https://example.org/more' });
    expect((await operator.patch(`operator/plans/${key}`, { contact: null }, etag(made))).body.code).toBe('kernel.version_conflict');
    expect((await operator.get('operator/plans')).body.data.map((plan: { key: string }) => plan.key)).toContain(key);
    expect((await operator.post('operator/plans', { key, name: { en: 'Again' }, limits })).body.code).toBe('tenancy.plan_taken');
  });

  test.each([
    [{ limits: { ...limits, courses: 0 } }, 'kernel.validation_failed'], [{ name: {} }, 'kernel.validation_failed'], [{ features: { improt: true } }, 'kernel.validation_failed'],
    [{ contact: 'javascript:alert(1)' }, 'kernel.validation_failed'], [{ contact: 'http://example.org' }, 'kernel.validation_failed'], [{ key: 'Not A Key' }, 'kernel.validation_failed'], [{ defaultFor: ['circus'] }, 'tenancy.unknown_blueprint'],
  ])('with %o is refused', async (fields, code) => {
    expect((await operator.post('operator/plans', { key: newKey(), name: { en: 'A plan' }, limits, ...fields })).body.code).toBe(code);
  });

  test('that is unknown is not there', async () => {
    for (const answer of [await operator.get('operator/plans/nothing'), await operator.post('operator/plans/nothing/retire'), await operator.post('operator/plans/nothing/offer'), await operator.get('operator/plans/nothing/overruns?courses=1&members=1&storageBytes=1')]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'tenancy.plan_not_found']);
    }
  });

  test('that is retired takes nobody in, but keeps who is on it; offered again it does', async () => {
    const key = await create();
    const place = await onPlan(key);
    expect((await operator.post(`operator/plans/${key}/retire`)).body).toMatchObject({ retiredAt: expect.any(String), tenants: 1, abilities: { retire: false, offer: true } });
    expect((await operator.post(`operator/plans/${key}/retire`)).status).toBe(200);
    expect((await agree(await bed.tenant(), { plan: key })).body.code).toBe('tenancy.unknown_plan');
    expect((await operator.post('operator/tenants', { slug: newKey('t'), name: 'A', blueprint: 'fund', plan: key })).body.code).toBe('tenancy.unknown_plan');
    expect((await change(key, { defaultFor: ['fund'] })).body.code).toBe('tenancy.plan_retired');
    expect((await agree(place, { plan: key, limits: { courses: 9 } })).body.limits.courses).toBe(9);
    expect((await operator.post(`operator/plans/${key}/offer`)).body.retiredAt).toBeNull();
    expect((await agree(await bed.tenant(), { plan: key })).status).toBe(200);
  });

  test('is nothing for an admin, and nothing is changed by one', async () => {
    const { rows: before } = await bed.owner.query('select * from tenancy_control.plan order by key');
    const { client } = await (await bed.tenant()).person('admin');
    const key = before[0].key;
    const answers = [await client.get('operator/plans'), await client.post('operator/plans', { key: newKey(), name: { en: 'Mine' }, limits }), await client.patch(`operator/plans/${key}`, { limits: { courses: 900 } }, { 'if-match': '"1"' }), await client.post(`operator/plans/${key}/retire`)];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await bed.owner.query('select * from tenancy_control.plan order by key')).rows).toEqual(before);
  });
});

describe('new organisations', () => {
  test('start on the plan of their kind, which has the limits that the kind brings', async () => {
    const place = await bed.tenant('association');
    expect(await tenantOf(place)).toMatchObject({ plan: 'association', onPlan: { key: 'association', name: { en: expect.any(String), ar: expect.any(String) } }, limits: { courses: 50, members: 3000 }, limitOverrides: {} });
  });

  test('start elsewhere once that is said; a plan on which they start cannot be retired until another takes its place', async () => {
    await bed.tenant('school');
    const [one, two] = [await create({ defaultFor: ['school'] }), await create()];
    expect(await tenantOf(await bed.tenant('school'))).toMatchObject({ plan: one, limits });
    expect((await operator.post(`operator/plans/${one}/retire`)).body.code).toBe('tenancy.plan_is_default');
    expect((await change(two, { defaultFor: ['school'] })).body.defaultFor).toEqual(['school']);
    expect((await operator.get(`operator/plans/${one}`)).body.defaultFor).toEqual([]);
    expect((await operator.post(`operator/plans/${one}/retire`)).status).toBe(200);
    expect((await tenantOf(await bed.tenant('school'))).plan).toBe(two);
  });

  test('are opened on a plan that is named, if it is on offer', async () => {
    const plan = await create();
    const body = { slug: newKey('t'), name: 'A', blueprint: 'fund', plan };
    expect((await operator.post('operator/tenants', body)).body).toMatchObject({ plan, limits });
    expect((await operator.post('operator/tenants', { ...body, slug: newKey('t'), plan: 'nothing' })).body.code).toBe('tenancy.unknown_plan');
  });

  test('find a plan for every kind on a machine on which none was opened yet', async () => {
    await bed.owner.query("delete from tenancy_control.default_plan where blueprint = 'marketplace'");
    await bed.runJob('tenancy.followBlueprints');
    expect((await operator.get('operator/plans/marketplace')).body.defaultFor).toEqual(['marketplace']);
  });

  test('may be put on the plan of another kind before there was one of that', async () => {
    await bed.owner.query("delete from tenancy_control.default_plan where blueprint = 'marketplace'");
    await bed.owner.query("delete from tenancy_control.plan where key = 'marketplace'");
    expect((await operator.post('operator/tenants', { slug: newKey('t'), name: 'A', blueprint: 'fund', plan: 'marketplace' })).body).toMatchObject({ plan: 'marketplace', limits: { courses: 5000 } });
  });
});

describe('what is in force', () => {
  test('follows the plan at once, and what is agreed goes before it', async () => {
    const key = await create({ limits: { ...limits, courses: 1 } });
    const place = await onPlan(key);
    const { client } = await place.person('instructor');
    const make = (by: Client, title: string) => by.post('courses', { title, language: 'en' });
    expect((await make(client, 'One')).status).toBe(201);
    expect((await make(client, 'Two')).body.code).toBe('kernel.limit_reached');
    await change(key, { limits: { courses: 2 } });
    expect((await make(client, 'Two')).status).toBe(201);
    await agree(place, { limits: { courses: 3 } });
    await change(key, { limits: { courses: 1 } });
    expect(await tenantOf(place)).toMatchObject({ limits: { ...limits, courses: 3 }, limitOverrides: { courses: 3 }, onPlan: { limits: { courses: 1 } } });
    expect((await make(client, 'Three')).status).toBe(201);
    await agree(place, { limits: { courses: null } });
    expect(await tenantOf(place)).toMatchObject({ limits: { courses: 1 }, limitOverrides: {}, usage: { courses: 3 } });
    expect((await make(client, 'Four')).body.code).toBe('kernel.limit_reached');
  });

  test('is told to every process that remembers tenants', async () => {
    const key = await create();
    await onPlan(key);
    const listener = await bed.owner.connect();
    await listener.query('listen milpa_tenant');
    const heard = once(listener, 'notification');
    await change(key, { limits: { courses: 2 } });
    expect(await heard).toMatchObject([{ channel: 'milpa_tenant' }]);
    listener.release(true);
  });

  test('a plan excludes a feature, and never switches one on that a kind has off; what is agreed does both', async () => {
    const place = await onPlan(await create({ features: { import: false, courseReview: true, selfEnrollment: true } }));
    const { key } = (await tenantOf(place)).onPlan;
    const { client } = await place.person('admin');
    const features = async () => Object.fromEntries((await client.get('usage')).body.features.map((feature: { key: string; on: boolean; by: string }) => [feature.key, `${feature.on ? 'on' : 'off'} by ${feature.by}`]));
    expect(await features()).toMatchObject({ import: 'off by plan', courseReview: 'off by kind', selfEnrollment: 'on by kind', catalog: 'on by kind' });
    await agree(place, { features: { import: true, selfEnrollment: false, courseReview: true } });
    expect(await features()).toMatchObject({ import: 'on by agreed', courseReview: 'on by agreed', selfEnrollment: 'off by agreed' });
    await agree(place, { features: { import: null, selfEnrollment: null, courseReview: null } });
    expect(await features()).toMatchObject({ import: 'off by plan', courseReview: 'off by kind', selfEnrollment: 'on by kind' });
    await change(key, { features: { import: true } });
    expect(await features()).toMatchObject({ import: 'on by kind' });
  });

  test('a limit below what is there destroys nothing, and refuses what is new', async () => {
    const key = await create();
    const place = await onPlan(key);
    const [admin, member] = [await place.person('admin'), await place.person('learner')];
    for (const title of ['One', 'Two']) expect((await admin.client.post('courses', { title, language: 'en' })).status).toBe(201);
    const upload = () => admin.client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png' } });
    expect((await upload()).status).toBe(204);
    const picture = () => member.client.ask('membership/picture?name=me.png', { method: 'PUT', raw: Buffer.concat([png, Buffer.alloc(9)]), headers: { 'content-type': 'image/png' } });

    await change(key, { limits: { courses: 1, members: 1, storageBytes: 1 } });
    expect((await admin.client.get('usage')).body).toMatchObject({ limits: { courses: 1, members: 1, storageBytes: 1 }, usage: { courses: 2, members: 2, storageBytes: png.length } });
    expect((await member.client.get('membership')).status).toBe(200);
    expect((await place.visitor.get('settings/logo')).status).toBe(200);
    const refused = [await admin.client.post('courses', { title: 'Three', language: 'en' }), await admin.client.post('invitations', { email: 'new@example.test', roleIds: [(await admin.client.get('roles')).body.data[0].id] }), await picture()];
    expect(refused.map(({ body }) => body.code)).toEqual(Array(3).fill('kernel.limit_reached'));
    expect(refused[2]!.body.detail).not.toContain('storageBytes');
  });

  test('two changes at once, of the plan and of what is agreed, are both in force', async () => {
    const key = await create();
    const place = await onPlan(key);
    const answers = await Promise.all([change(key, { limits: { courses: 7 } }), agree(place, { limits: { members: 8 } }), change(key, { features: { import: false } })]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
    const plan = (await operator.get(`operator/plans/${key}`)).body;
    const tenant = await tenantOf(place);
    expect(tenant.limits).toEqual({ ...plan.limits, members: 8 });
    expect(tenant.features.import).toBe(plan.features.import !== false);
  });

  test('a limit that a release brings comes with the plan', async () => {
    const plan = await create();
    const place = await onPlan(plan);
    await bed.owner.query("update tenancy_control.plan set limits = limits - 'apiPerMinute' where key = $1", [plan]);
    bed.application.directory.forget();
    await followBlueprint(bed.application.following, (await bed.application.directory.bySlug(place.tenant.slug))!);
    expect((await tenantOf(place)).limits).toEqual({ ...limits, apiPerMinute: 600 });
  });
});

test('before a plan is saved it is told who would be over it, as counted last and with what is agreed', async () => {
  const key = await create();
  const [over, agreed] = [await onPlan(key), await onPlan(key)];
  await onPlan(key);
  for (const place of [over, agreed]) {
    const { client } = await place.person('instructor');
    for (const title of ['One', 'Two']) await client.post('courses', { title, language: 'en' });
  }
  await agree(agreed, { limits: { courses: 2 } });
  await operator.post('operator/usage-counts');
  await bed.runJobs();
  const { body } = await operator.get(`operator/plans/${key}/overruns?courses=1&members=1&storageBytes=1`);
  expect(body).toMatchObject({ total: 1, data: [{ id: over.tenant.id, over: ['courses'], usage: { courses: 2, members: 1, storageBytes: 0 }, limits: { courses: 1, members: 1 } }] });
  expect((await operator.get(`operator/plans/${key}/overruns?courses=2&members=1&storageBytes=1`)).body).toEqual({ total: 0, data: [] });
});

test('the use of the plan stands beside its limits', async () => {
  const key = await create({ contact: 'more@example.org', name: { en: 'Small', ar: 'صغيرة' } });
  const place = await onPlan(key);
  await agree(place, { limits: { members: 6 } });
  const { client } = await place.person('admin');
  expect((await client.get('usage')).body).toMatchObject({ limits: { ...limits, members: 6 }, usage: { courses: 0, members: 1, storageBytes: 0 }, plan: { name: { en: 'Small', ar: 'صغيرة' }, contact: 'more@example.org' }, agreed: ['members'] });
  expect((await (await place.person('learner')).client.get('usage')).status).toBe(404);
});

test('organisations that were there before there were plans keep what was in force', async () => {
  const file = async (name: string) => (await readFile(join(import.meta.dirname, `../migrations/control/${name}.sql`), 'utf8')).replaceAll('tenancy_control', 'tenancy_before');
  const client = await bed.owner.connect();
  try {
    await client.query('begin');
    await client.query(await file('0001_tenancy'));
    const before = [
      ['academy', { ...limits }, { catalog: true, import: false }], ['academy', { ...limits }, { catalog: true, import: true }], ['academy', { ...limits, courses: 77 }, { catalog: false }], ['circus', { ...limits, members: 3 }, {}],
    ] as const;
    for (const [blueprint, has, features] of before) {
      await client.query("insert into tenancy_before.tenant (slug, name, blueprint, locale, time_zone, currency, limits, features) values ($1, 'A', $2, 'en', 'UTC', 'MXN', $3, $4)", [newKey('t'), blueprint, has, features]);
    }
    const inForce = async () => (await client.query('select slug, limits, features from tenancy_before.tenant order by slug')).rows;
    const was = await inForce();
    await client.query(await file('0050_plan'));
    expect(await inForce()).toEqual(was);
    // Made anew from plan and overrides they are the same.
    await client.query('update tenancy_before.tenant set plan = plan');
    expect(await inForce()).toEqual(was);
    const { rows } = await client.query('select plan, limit_overrides, feature_overrides from tenancy_before.tenant order by plan, limit_overrides::text');
    expect(rows).toEqual([
      { plan: 'academy', limit_overrides: { courses: 77 }, feature_overrides: {} }, { plan: 'academy', limit_overrides: {}, feature_overrides: {} }, { plan: 'academy', limit_overrides: {}, feature_overrides: {} }, { plan: 'circus', limit_overrides: {}, feature_overrides: {} },
    ]);
    expect((await client.query('select blueprint, plan from tenancy_before.default_plan order by 1')).rows).toEqual([{ blueprint: 'academy', plan: 'academy' }, { blueprint: 'circus', plan: 'circus' }]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
