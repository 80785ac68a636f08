import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBed, testPassword, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { signedIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

const roleIds = async (admin: Client): Promise<Record<string, string>> =>
  Object.fromEntries((await admin.get('roles')).body.data.map((role: { key: string; id: string }) => [role.key, role.id]));
const versionOf = async (admin: Client, memberId: string) => ({ 'if-match': String((await admin.get(`members/${memberId}`)).headers.etag) });
const change = async (admin: Client, memberId: string, body: unknown) => admin.patch(`members/${memberId}`, body, await versionOf(admin, memberId));
const joined = async (memberId: string) =>
  (await bed.owner.query("select count(*)::int as count from kernel.event where type = 'MemberJoined' and payload->>'memberId' = $1", [memberId])).rows[0].count;

describe('joining', () => {
  test('makes a member with the role of sign-up, once however often it is asked', async () => {
    const { client } = await signedIn(bed, academy.host);
    expect((await client.get('membership')).body.code).toBe('identity.not_a_member');
    const answers = await Promise.all([client.post('memberships'), client.post('memberships'), client.post('memberships')]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const [membership] = answers.map((answer) => answer.body);
    expect(membership).toMatchObject({ status: 'active', persona: 'learner', name: 'Persona de Prueba' });
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(membership.permissions).toContain('enrollment:create:own');
    expect(await joined(membership.id)).toBe(1);
    expect((await client.get('membership')).body).toEqual(membership);
  });

  test('needs an account', async () => expect((await academy.visitor.post('memberships')).status).toBe(401));

  test('is closed where people come by invitation', async () => {
    const school = await bed.tenant('school');
    const { client } = await signedIn(bed, school.host);
    expect(await client.post('memberships')).toMatchObject({ status: 403, body: { code: 'identity.sign_up_closed' } });
  });

  test('ends where the plan’s places do, also when several come at once', async () => {
    const place = await bed.tenant();
    await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{members}', '1') where id = $1", [place.tenant.id]);
    bed.application.directory.forget();
    const people = await Promise.all([1, 2, 3].map(() => signedIn(bed, place.host)));
    const answers = await Promise.all(people.map(({ client }) => client.post('memberships')));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'kernel.limit_reached')).toHaveLength(2);
  });

  test('stays shut for who is suspended', async () => {
    const admin = await academy.person('admin');
    const { client } = await signedIn(bed, academy.host);
    const { id } = (await client.post('memberships')).body;
    expect((await change(admin.client, id, { status: 'suspended' })).status).toBe(200);
    expect((await client.post('memberships')).body.code).toBe('identity.member_suspended');
    expect((await client.get('membership')).body.permissions).toEqual([]);
  });

  test('is refused at once, by session and by token, for whom it is suspended; the reason is for who administers', async () => {
    const place = await bed.tenant();
    const admin = await place.person('admin');
    const learner = await place.person('learner');
    const { body: tokens } = await place.visitor.post('tokens', { email: learner.email, password: testPassword });
    const byToken = () => place.visitor.get('enrollments', { authorization: `Bearer ${tokens.accessToken}` });
    expect([(await learner.client.get('enrollments')).status, (await byToken()).status]).toEqual([200, 200]);
    expect((await change(admin.client, learner.memberId, { status: 'suspended', reason: 'Fees of two years' })).body.suspension).toMatchObject({ reason: 'Fees of two years' });
    expect([(await learner.client.get('enrollments')).status, (await byToken()).status]).toEqual([404, 404]);
    expect((await place.visitor.post('tokens/refresh', { refreshToken: tokens.refreshToken })).status).toBe(401);
    expect(JSON.stringify((await learner.client.get('membership')).body)).not.toContain('Fees');
    expect((await change(admin.client, learner.memberId, { status: 'active' })).body.suspension).toBeNull();
    expect((await learner.client.get('enrollments')).status).toBe(200);
    expect((await place.visitor.post('tokens/refresh', { refreshToken: tokens.refreshToken })).status).toBe(401);
  });
});

describe('one’s own membership', () => {
  test('is changed by its member', async () => {
    const { client, memberId } = await academy.person('learner');
    const answer = await client.patch('membership', { name: 'Otro nombre', locale: 'ar' });
    expect(answer).toMatchObject({ status: 200, body: { id: memberId, name: 'Otro nombre', locale: 'ar' } });
  });
  test('is not a visitor’s', async () => expect((await academy.visitor.patch('membership', { name: 'X' })).status).toBe(401));
});

describe('members', () => {
  test('are listed in pages and found by folded words', async () => {
    const place = await bed.tenant();
    const { client } = await place.person('admin');
    const people = await Promise.all(['learner', 'learner', 'learner'].map((role) => place.person(role)));
    for (const [index, name] of ['Ángela Pérez', 'Beatriz', 'أحمد'].entries()) await people[index]!.client.patch('membership', { name });
    const first = (await client.get('members?limit=2')).body;
    expect(first.data[0].roles).toMatchObject([{ name: { en: expect.any(String) } }]);
    const second = (await client.get(`members?limit=2&cursor=${first.page.next}`)).body;
    expect([...first.data, ...second.data].map((member: { name: string }) => member.name)).toEqual(expect.arrayContaining(['Ángela Pérez', 'Beatriz', 'أحمد']));
    expect(second.page.next).toBeNull();
    const found = async (q: string) => (await client.get(`members?q=${encodeURIComponent(q)}`)).body.data.map((member: { name: string }) => member.name);
    expect(await found('perez ang')).toEqual(['Ángela Pérez']);
    expect(await found('احمد')).toEqual(['أحمد']);
    expect(await found('%')).toEqual([]);
  });

  test('are for those who may see them, of this tenant', async () => {
    const other = await bed.tenant();
    const { client } = await academy.person('learner');
    const { memberId } = await other.person('learner');
    const { client: admin } = await academy.person('admin');
    expect((await client.get('members')).status).toBe(404);
    expect((await admin.get(`members/${memberId}`)).status).toBe(404);
  });
});

describe('changing a member', () => {
  test('gives roles with terms, which count only while they last', async () => {
    const admin = await academy.person('admin');
    const roles = await roleIds(admin.client);
    const { client, accountId } = await signedIn(bed, academy.host);
    const { id } = (await client.post('memberships')).body;
    const now = bed.clock.now().getTime();
    const terms = [{ roleId: roles['learner'] }, { roleId: roles['instructor'], startsAt: new Date(now).toISOString(), expiresAt: new Date(now + 3_600_000).toISOString() }];
    const answer = await change(admin.client, id, { roles: terms });
    expect(answer).toMatchObject({ status: 200, body: { persona: 'instructor' } });
    const permissions = async () => (await bed.application.authenticator.actorIn(academy.tenant, { accountId, sessionId: null, operator: false, token: null })).permissions;
    expect(await permissions()).toContain('course:create');
    bed.clock.advance(3_600_001);
    expect(await permissions()).not.toContain('course:create');
    bed.clock.advance(-3_600_001);
  });

  test('takes the version that was read, once', async () => {
    const admin = await academy.person('admin');
    const { memberId } = await academy.person('learner');
    const version = await versionOf(admin.client, memberId);
    expect((await admin.client.patch(`members/${memberId}`, { status: 'suspended' })).status).toBe(428);
    expect((await admin.client.patch(`members/${memberId}`, { status: 'suspended' }, version)).status).toBe(200);
    expect((await admin.client.patch(`members/${memberId}`, { status: 'active' }, version)).status).toBe(412);
  });

  test('is not for who lacks the permission, nor over the tenant’s fence; nothing changes', async () => {
    const learner = await academy.person('learner');
    const stranger = await (await bed.tenant()).person('admin');
    const target = await academy.person('learner');
    const ifMatch = { 'if-match': '"1"' };
    expect((await learner.client.patch(`members/${target.memberId}`, { status: 'suspended' }, ifMatch)).status).toBe(404);
    expect((await stranger.client.patch(`members/${target.memberId}`, { status: 'suspended' }, ifMatch)).status).toBe(404);
    const { rows } = await bed.owner.query('select status, version from identity.member where id = $1', [target.memberId]);
    expect(rows).toEqual([{ status: 'active', version: 1 }]);
  });

  test('never hands on more than one has, nor touches who may do more', async () => {
    const place = await bed.tenant();
    const admin = await place.person('admin');
    const roles = await roleIds(admin.client);
    const made = await admin.client.post('roles', { key: 'registrar', name: { en: 'Registrar' }, persona: 'officer', permissions: ['member:read', 'member:update', 'role:read', 'course:read'] });
    expect(made.status).toBe(201);
    const registrar = await place.person('registrar');
    const learner = await place.person('learner');
    expect((await change(registrar.client, learner.memberId, { roles: [{ roleId: roles['admin'] }] })).body.code).toBe('identity.beyond_own_permissions');
    expect((await change(registrar.client, admin.memberId, { status: 'suspended' })).body.code).toBe('identity.beyond_own_permissions');
    expect((await change(registrar.client, admin.memberId, { roles: [] })).body.code).toBe('identity.beyond_own_permissions');
  });

  test('never takes the last admin away, also not by an end to come, nor by two at once', async () => {
    const place = await bed.tenant();
    const [one, two] = [await place.person('admin'), await place.person('admin')];
    const roles = await roleIds(one.client);
    const ifMatch = { 'if-match': '"1"' };
    const [first, second] = await Promise.all([one.client.patch(`members/${two.memberId}`, { roles: [] }, ifMatch), two.client.patch(`members/${one.memberId}`, { roles: [] }, ifMatch)]);
    // Who comes second is refused for what would happen, or has lost the permission by then.
    expect([first, second].filter((answer) => answer.status === 200)).toHaveLength(1);
    const remaining = first.status === 200 ? one : two;
    expect((await remaining.client.get('membership')).body.permissions).toContain('role:update');
    expect((await change(remaining.client, remaining.memberId, { status: 'suspended' })).body.code).toBe('identity.last_admin');
    const soon = new Date(bed.clock.now().getTime() + 60_000).toISOString();
    expect((await change(remaining.client, remaining.memberId, { roles: [{ roleId: roles['admin'], expiresAt: soon }] })).body.code).toBe('identity.last_admin');
  });

  test('refuses the role of visitors, and roles of elsewhere', async () => {
    const admin = await academy.person('admin');
    const elsewhere = await roleIds((await (await bed.tenant()).person('admin')).client);
    const { memberId } = await academy.person('learner');
    const roles = await roleIds(admin.client);
    for (const roleId of [roles['visitor'], elsewhere['learner']]) {
      expect((await change(admin.client, memberId, { roles: [{ roleId }] })).body.code).toBe('identity.role_not_found');
    }
  });
});

test('the newest members come first where that is asked for, page by page, and a page goes on in its own order', async () => {
  const place = await bed.tenant();
  const admin = await place.person('admin');
  for (const _ of [1, 2, 3]) {
    bed.clock.advance(60_000);
    await place.person('learner');
  }
  const { rows } = await bed.owner.query('select id from identity.member where tenant_id = $1 order by joined_at desc', [place.tenant.id]);
  const first = (await admin.client.get('members?sort=newest&limit=2')).body;
  const second = (await admin.client.get(`members?sort=newest&limit=2&cursor=${first.page.next}`)).body;
  expect([...first.data, ...second.data].map(({ id }: { id: string }) => id)).toEqual(rows.map(({ id }) => id));
  expect(second.page.next).toBeNull();
  expect(await admin.client.get(`members?limit=2&cursor=${first.page.next}`)).toMatchObject({ status: 422, body: { fields: [{ path: 'query.cursor' }] } });
});
