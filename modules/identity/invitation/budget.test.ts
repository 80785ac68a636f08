/** What an organisation may mail in a day: one administrator alone must not have the installation write to everybody. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestBed, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { mailBudget } from './budget.ts';

const boundless = { take: async (_key: string, limit: number) => ({ allowed: true, limit, remaining: limit, resetSeconds: 60 }) };
const dayMs = 24 * 3_600_000;
let bed: TestBed;
let school: TestTenant;
let admin: Person;
let client: Client;
let roleId: string;
beforeAll(async () => { bed = await createTestBed({ rateLimiter: boundless }); });
afterAll(() => bed.close());
beforeEach(async () => {
  school = await bed.tenant('school');
  admin = await school.person('admin');
  client = (await school.signIn(admin)).with({ 'accept-language': 'en' });
  roleId = (await client.get('roles')).body.data.find(({ key }: { key: string }) => key === 'teacher').id;
  await bed.owner.query(`update tenancy_control.tenant set limits = '{"members": 100}' where id = $1`, [school.tenant.id]);
  bed.application.directory.forget();
});

const newEmail = () => `invited-${randomUUID()}@example.test`;
const invite = (email = newEmail(), by = client) => by.post('invitations', { email, roleIds: [roleId] });
/** So many invitations of this morning, withdrawn by now: they take no place, but they were mails. `again`: each to somebody who had one. */
const sent = (count: number, again = false, tenantId = school.tenant.id) => bed.owner.query(`
  insert into identity.invitation (tenant_id, email, role_ids, locale, token_hash, status, expires_at, created_at, updated_at, mailed_at)
  select $1, 'earlier-' || n || '@example.test', array[$2::uuid], 'es-MX', gen_random_uuid()::text, 'revoked', $3::timestamptz + interval '14 days', case when $5 then $3::timestamptz - interval '3 days' else $3 end, $3, array[$3::timestamptz]
  from generate_series(1, $4::int) n`, [tenantId, roleId, bed.clock.now(), count, again]);
const invited = async () => (await bed.owner.query("select count(*)::int as count from identity.invitation where tenant_id = $1 and email like 'invited-%'", [school.tenant.id])).rows[0].count;

test('is as much as the plan has members, within bounds; a fifth of it to people who have an invitation', () => {
  expect([0, 100, 500, 50_000].map(mailBudget)).toEqual([{ all: 200, again: 40 }, { all: 200, again: 40 }, { all: 500, again: 100 }, { all: 10_000, again: 2_000 }]);
});

test('ends with the last mail of 24 hours, for this organisation alone, and withdrawing gives none back', async () => {
  await sent(199);
  const { body: last } = await invite();
  for (const _ of [1, 2]) {
    const refused = await invite();
    expect([refused.status, refused.body.code]).toEqual([429, 'identity.invitations_used_up']);
    expect(refused.body.detail).toContain('200');
  }
  expect((await client.delete(`invitations/${last.id}`)).status).toBe(204);
  expect((await invite()).body.code).toBe('identity.invitations_used_up');
  expect(await invited()).toBe(1);
  const other = await bed.tenant('school');
  const neighbour = (await other.person('admin')).client;
  const teacher = (await neighbour.get('roles')).body.data.find(({ key }: { key: string }) => key === 'teacher').id;
  expect((await neighbour.post('invitations', { email: newEmail(), roleIds: [teacher] })).status).toBe(201);
  const refusal = async (language: string) => (await invite(newEmail(), client.with({ 'accept-language': language }))).body.detail;
  expect(await refusal('es-MX')).toContain('mañana');
  expect(await refusal('ar')).toMatch(/غدًا/);
  bed.clock.advance(dayMs + 1000);
  client = await school.signIn(admin);
  expect((await invite()).status).toBe(201);
});

test('the last one goes to one of two who ask at once', async () => {
  await sent(199);
  const answers = await Promise.all([1, 2, 3, 4].map(() => invite()));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 429, 429, 429]);
  expect(await invited()).toBe(1);
});

test('people who have an invitation get a part of it; others are invited meanwhile', async () => {
  const email = newEmail();
  await invite(email);
  await sent(39, true);
  bed.clock.advance(1000);
  expect((await invite(email)).status).toBe(201);
  for (const _ of [1, 2]) expect((await invite(email)).body.code).toBe('identity.invitations_renewed_often');
  expect((await invite()).status).toBe(201);
  bed.clock.advance(dayMs + 1000);
  client = await school.signIn(admin);
  expect((await invite(email)).status).toBe(201);
});

describe('a list', () => {
  const list = async (people: number) => (await client.post('bulk-invitations/text', { text: Array.from({ length: people }, newEmail).join('\n'), roleId })).body.id as string;
  const start = (id: string) => client.post(`bulk-invitations/${id}/start`);
  const outcomes = async (id: string) => (await client.get(`bulk-invitations/${id}`)).body.outcomes;

  test('is not begun when not all of its mails may leave today, counting those that another has still to send', async () => {
    await sent(190);
    const [long, short, other] = [await list(15), await list(6), await list(6)];
    const refused = await start(long);
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([429, 'identity.invitations_used_up', expect.stringContaining('10 are left')]);
    expect((await client.get(`bulk-invitations/${long}`)).body.status).toBe('draft');
    const answers = await Promise.all([start(short), start(other)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 429]);
    const begun = answers[0]!.status === 202 ? short : other;
    expect((await start(begun)).status, 'again changes nothing').toBe(202);
    await bed.runJobs();
    expect(await outcomes(begun)).toEqual([{ kind: 'invited', count: 6 }]);
    expect(await invited()).toBe(6);
  });

  test('that others overtook says of each line that was left', async () => {
    await sent(195);
    const id = await list(5);
    expect((await start(id)).status).toBe(202);
    await invite();
    await invite();
    await bed.runJobs();
    expect(await outcomes(id)).toEqual(expect.arrayContaining([{ kind: 'invited', count: 3 }, { kind: 'over_budget', count: 2 }]));
    expect(await invited()).toBe(5);
  });
});
