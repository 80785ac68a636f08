import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

const named = async (admin: Client, key: string) => (await admin.get('roles')).body.data.find((role: { key: string }) => role.key === key);
const change = (client: Client, role: { id: string; version: number }, body: unknown) => client.patch(`roles/${role.id}`, body, { 'if-match': `"${role.version}"` });

describe('roles', () => {
  test('are made and changed, each version once', async () => {
    const { client } = await academy.person('admin');
    const made = await client.post('roles', { key: 'helper', name: { 'es-MX': 'Ayudante' }, persona: 'instructor', permissions: ['course:read'] });
    expect(made).toMatchObject({ status: 201, body: { key: 'helper', version: 1, onSignUp: false, permissions: ['course:read'] } });
    expect((await client.post('roles', { key: 'helper', name: { en: 'Helper' }, persona: 'learner', permissions: [] })).body.code).toBe('identity.role_key_taken');
    const changed = await change(client, made.body, { permissions: ['course:read', 'member:read'] });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { permissions: ['course:read', 'member:read'] } });
    expect((await change(client, made.body, { persona: 'officer' })).status).toBe(412);
  });

  test('hold only permissions that some module asks for', async () => {
    const { client } = await academy.person('admin');
    const answer = await client.post('roles', { key: 'wizard', name: { en: 'Wizard' }, persona: 'admin', permissions: ['course:read', 'magic:cast'] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'kernel.validation_failed', fields: [{ path: 'body.permissions.1' }] } });
    expect((await client.get('permissions')).body.data).toContain('role:update');
  });

  test('cannot be made to hold more than their maker, nor be cut by who lacks what is cut', async () => {
    const place = await bed.tenant();
    const admin = await place.person('admin');
    await admin.client.post('roles', { key: 'clerk', name: { en: 'Clerk' }, persona: 'officer', permissions: ['role:read', 'role:update', 'course:read'] });
    const clerk = await place.person('clerk');
    expect((await clerk.client.post('roles', { key: 'more', name: { en: 'More' }, persona: 'admin', permissions: ['member:update'] })).body.code).toBe('identity.beyond_own_permissions');
    const role = await named(admin.client, 'admin');
    expect((await change(clerk.client, role, { permissions: ['role:read', 'role:update', 'course:read'] })).body.code).toBe('identity.beyond_own_permissions');
    expect((await change(clerk.client, role, { name: { en: 'Nobody' } })).body.code).toBe('identity.beyond_own_permissions');
    expect((await change(clerk.client, role, { persona: 'learner' })).body.code).toBe('identity.beyond_own_permissions');
    expect((await change(admin.client, role, { permissions: ['course:read'] })).body.code).toBe('identity.last_admin');
    expect(await named(admin.client, 'admin')).toEqual(role);
  });

  test('are not for who lacks the permission, nor of another tenant', async () => {
    const learner = await academy.person('learner');
    const stranger = await (await bed.tenant()).person('admin');
    const { client: admin } = await academy.person('admin');
    const role = await named(admin, 'learner');
    expect((await learner.client.get('roles')).status).toBe(404);
    expect((await change(learner.client, role, { permissions: [] })).status).toBe(404);
    expect((await change(stranger.client, role, { permissions: [] })).status).toBe(404);
    expect(await named(admin, 'learner')).toEqual(role);
  });
});

describe('a role of the blueprint', () => {
  const restore = (client: Client, role: { id: string; version: number }) => client.post(`roles/${role.id}/restore`, undefined, { 'if-match': `"${role.version}"` });

  test('shows how it differs, and is made what it was, for those who may', async () => {
    const place = await bed.tenant();
    const [admin, teacher] = [await place.person('admin'), await place.person('instructor')];
    const before = await named(admin.client, 'instructor');
    const compared = async () => (await admin.client.get(`roles/${before.id}/blueprint`)).body.difference;
    expect(await compared()).toMatchObject({ same: true, added: [], removed: [], persona: 'instructor' });
    const permissions = [...before.permissions.filter((one: string) => one !== 'course:create'), 'member:read'];
    const { body: changed } = await change(admin.client, before, { permissions, persona: 'officer', name: { en: 'Coach' } });
    expect(await compared()).toMatchObject({ same: false, added: ['member:read'], removed: ['course:create'] });

    expect((await restore(admin.client, before)).body.code).toBe('kernel.version_conflict');
    expect((await admin.client.post(`roles/${before.id}/restore`)).status).toBe(428);
    for (const client of [teacher.client, (await (await bed.tenant()).person('admin')).client]) expect([403, 404]).toContain((await restore(client, changed)).status);
    expect(await named(admin.client, 'instructor')).toEqual(changed);

    const restored = await restore(admin.client, changed);
    expect(restored).toMatchObject({ status: 200, headers: { etag: `"${changed.version + 1}"` }, body: { name: { en: 'Coach' }, persona: 'instructor' } });
    expect(restored.body.permissions.toSorted()).toEqual(before.permissions.toSorted());
    expect(await compared()).toMatchObject({ same: true });
    expect((await restore(admin.client, changed)).status).toBe(412);
  });

  test('is nobody’s to restore who would hand on more than they have; one made here has no blueprint', async () => {
    const place = await bed.tenant();
    const { client } = await place.person('admin');
    const learner = await named(client, 'learner');
    const { body: less } = await change(client, learner, { permissions: [] });
    const { body: own } = await client.post('roles', { key: 'clerk', name: { en: 'Clerk' }, persona: 'officer', permissions: ['role:read', 'role:update'] });
    const clerk = await place.person('clerk');
    expect((await restore(clerk.client, less)).body.code).toBe('identity.beyond_own_permissions');
    expect(await client.get(`roles/${own.id}/blueprint`)).toMatchObject({ status: 200, body: { difference: null } });
    expect((await restore(client, own)).body.code).toBe('identity.role_own');
  });
});

describe('a role that is deleted', () => {
  const remove = (client: Client, role: { id: string; version: number }, reassignTo?: string) =>
    client.delete(`roles/${role.id}${reassignTo ? `?reassignTo=${reassignTo}` : ''}`, { 'if-match': `"${role.version}"` });
  const helperIn = async () => {
    const place = await bed.tenant();
    const { client } = await place.person('admin');
    await client.post('roles', { key: 'helper', name: { en: 'Helper' }, persona: 'instructor', permissions: ['course:read'] });
    return { place, client, helper: await named(client, 'helper'), learner: await named(client, 'learner') };
  };

  test('hands its people and its invitations on to another one', async () => {
    const { place, client, helper, learner } = await helperIn();
    const ana = await place.person('helper');
    const { body: invitation } = await client.post('invitations', { email: 'invited@example.org', roleIds: [helper.id, learner.id] });
    expect(await named(client, 'helper')).toMatchObject({ holders: 1 });
    expect(await remove(client, helper)).toMatchObject({ status: 409, body: { code: 'identity.role_held' } });
    expect((await remove(client, helper, helper.id)).body.code).toBe('identity.role_not_found');
    expect((await remove(client, helper, learner.id)).status).toBe(204);
    expect((await client.get(`members/${ana.memberId}`)).body.roles.map((role: { key: string }) => role.key)).toEqual(['learner']);
    const { body: { data } } = await client.get('invitations');
    expect(data.find((one: { id: string }) => one.id === invitation.id).roles.map((role: { key: string }) => role.key)).toEqual(['learner']);
    expect((await remove(client, helper, learner.id)).body.code).toBe('identity.role_not_found');
  });

  test('leaves who had both roles the longer term', async () => {
    const { place, client, helper, learner } = await helperIn();
    const ana = await place.person('helper');
    const { headers } = await client.get(`members/${ana.memberId}`);
    const roles = [{ roleId: helper.id, expiresAt: null }, { roleId: learner.id, expiresAt: '2999-01-01T00:00:00Z' }];
    expect((await client.patch(`members/${ana.memberId}`, { roles }, { 'if-match': String(headers.etag) })).status).toBe(200);
    expect((await remove(client, helper, learner.id)).status).toBe(204);
    expect((await client.get(`members/${ana.memberId}`)).body.roles).toMatchObject([{ key: 'learner', expiresAt: null }]);
  });

  test('is told when somebody has changed it meanwhile, and then stays', async () => {
    const { client, helper } = await helperIn();
    await change(client, helper, { permissions: [] });
    expect(await remove(client, helper)).toMatchObject({ status: 412, body: { code: 'kernel.version_conflict' } });
    expect((await named(client, 'helper')).permissions).toEqual([]);
  });

  test('leaves nobody without a role, whatever happens at the same time', async () => {
    const { place, client, helper, learner } = await helperIn();
    await client.post('roles', { key: 'aide', name: { en: 'Aide' }, persona: 'instructor', permissions: ['course:read'] });
    const aide = await named(client, 'aide');
    const people = [await place.person('helper'), await place.person('aide')];
    const answers = await Promise.all([
      remove(client, helper, aide.id), remove(client, aide, helper.id),
      ...['one', 'two', 'three'].map((name) => client.post('invitations', { email: `${name}@example.org`, roleIds: [helper.id] })),
    ]);
    expect(answers.slice(0, 2).map((answer) => answer.status).toSorted()).toEqual([204, 404]);
    for (const answer of answers.slice(2)) expect([201, 404]).toContain(answer.status);
    const left = await named(client, 'helper') ?? await named(client, 'aide');
    for (const { memberId } of people) expect((await client.get(`members/${memberId}`)).body.roles).toMatchObject([{ roleId: left.id }]);
    const { rows } = await bed.owner.query(`select i.id from identity.invitation i, unnest(i.role_ids) as role_id
      where i.tenant_id = $1 and not exists (select from identity.role r where r.tenant_id = i.tenant_id and r.id = role_id)`, [place.tenant.id]);
    expect(rows).toEqual([]);
    expect((await remove(client, left, learner.id)).status).toBe(204);
  });

  test('stays when nobody would be in charge, or it is the one of visitors or of sign-up', async () => {
    const { client, learner } = await helperIn();
    expect((await remove(client, await named(client, 'admin'), learner.id)).body.code).toBe('identity.last_admin');
    expect((await remove(client, await named(client, 'visitor'))).body.code).toBe('identity.role_needed');
    expect((await remove(client, learner)).body.code).toBe('identity.role_needed');
  });

  test('is not for who lacks what it gives, nor of another tenant', async () => {
    const { place, client, helper } = await helperIn();
    await client.post('roles', { key: 'clerk', name: { en: 'Clerk' }, persona: 'officer', permissions: ['role:read', 'role:update'] });
    await change(client, helper, { permissions: ['member:read'] });
    const now = await named(client, 'helper');
    expect((await remove((await place.person('clerk')).client, now)).body.code).toBe('identity.beyond_own_permissions');
    expect((await remove((await place.person('learner')).client, now)).status).toBe(404);
    expect((await remove((await (await bed.tenant()).person('admin')).client, now)).status).toBe(404);
    expect(await named(client, 'helper')).toEqual(now);
  });
});

describe('what visitors may do', () => {
  test('changes at once in this process', async () => {
    const place = await bed.tenant();
    const { client } = await place.person('admin');
    const may = async () => [...(await bed.application.authenticator.actorIn(place.tenant, null)).permissions];
    expect(await may()).toEqual(['course:read']);
    await change(client, await named(client, 'visitor'), { permissions: [] });
    expect(await may()).toEqual([]);
  });

  test('is to look, and no more', async () => {
    const { client } = await academy.person('admin');
    const visitor = await named(client, 'visitor');
    for (const beyond of ['course:create', 'member:read', 'audit:read', 'enrollment:read', 'role:read']) {
      expect(await change(client, visitor, { permissions: ['course:read', beyond] }), beyond).toMatchObject({ status: 409, body: { code: 'identity.visitor_reads_only' } });
    }
    expect((await named(client, 'visitor')).version).toBe(visitor.version);
  });
});
