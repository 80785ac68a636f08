import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf, createTestBed, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { mailTo, signedIn } from '../testing/people.ts';

let bed: TestBed;
let school: TestTenant;
let admin: Person;
let teacherRole: string;
beforeAll(async () => {
  bed = await createTestBed();
  school = await bed.tenant('school');
  admin = await school.person('admin');
  teacherRole = await roleId(admin.client, 'teacher');
});
afterAll(() => bed.close());

const roleId = async (client: Client, key: string): Promise<string> => (await client.get('roles')).body.data.find((role: { key: string }) => role.key === key).id;
const newEmail = () => `invited-${randomUUID()}@example.test`;
const invite = (email: string, client = admin.client) => client.post('invitations', { email, roleIds: [teacherRole], locale: 'es-MX' }, { 'accept-language': 'en' });

describe('an invitation', () => {
  test('goes by mail in the invited person’s language, says what it is for, and is accepted once', async () => {
    const email = newEmail();
    const made = await invite(email);
    expect(made).toMatchObject({ status: 201, body: { email, status: 'pending', expired: false, roles: [{ key: 'teacher' }] } });
    const { subject, body, token } = await mailTo(bed, email);
    expect(subject).toContain('te invita');
    expect(body).toContain(`http://${school.host}`);
    expect((await school.visitor.get(`invitations/${token}`)).body).toMatchObject({ email, tenant: { name: school.tenant.name }, roles: [{ key: 'teacher' }] });

    const invited = await signedIn(bed, school.host, email);
    const answers = await Promise.all([1, 2, 3].map(() => invited.client.post(`invitations/${token}/accept`)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ persona: 'instructor', email });
    const { rows } = await bed.owner.query("select count(*)::int as count from kernel.event where type = 'MemberJoined' and payload->>'memberId' = $1", [answers[0]!.body.id]);
    expect(rows[0].count).toBe(1);
    const { data: log } = (await admin.client.get(`audit-entries?action=identity.acceptInvitation&memberId=${answers[0]!.body.id}`)).body;
    expect(log[0]).toMatchObject({ actorKind: 'member', memberName: answers[0]!.body.name, outcome: 'done' });
    expect((await school.visitor.get(`invitations/${token}`)).status).toBe(404);
    expect((await invite(email)).body.code).toBe('identity.already_member');
  });

  test('is renewed for the same address: the newer mail counts, and one is pending', async () => {
    const email = newEmail();
    const first = (await invite(email)).body;
    const older = await mailTo(bed, email);
    const second = (await invite(email.toUpperCase())).body;
    const newer = await mailTo(bed, email);
    expect(second.id).toBe(first.id);
    expect(newer.token).not.toBe(older.token);
    expect((await school.visitor.get(`invitations/${older.token}`)).status).toBe(404);
    expect((await school.visitor.get(`invitations/${newer.token}`)).status).toBe(200);
  });

  test('is mailed to one address five times in a day, however it is asked for', async () => {
    const [email, sender, hourMs] = [newEmail(), await school.person('admin'), 3_600_000];
    const { id } = (await invite(email, sender.client)).body;
    expect((await sender.client.delete(`invitations/${id}`)).status).toBe(204);
    const began = bed.clock.now().getTime();
    try {
      bed.clock.advance(hourMs);
      const soon = await school.signIn(sender);
      const answers = await Promise.all(Array.from({ length: 10 }, () => invite(email, soon)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 201, 201, 429, 429, 429, 429, 429, 429]);
      expect(await invite(email, soon)).toMatchObject({ status: 429, headers: { 'retry-after': String(23 * 3600) }, body: { code: 'identity.invitation_mailed_often', detail: expect.stringContaining('23') } });
      expect((await invite(newEmail(), soon)).status).toBe(201);
      const { token } = await mailTo(bed, email);
      expect((await school.visitor.get(`invitations/${token}`)).status).toBe(200);

      bed.clock.advance(23 * hourMs);
      const later = await school.signIn(sender);
      expect((await invite(email, later)).status).toBe(201);
      expect((await invite(email, later)).body.code).toBe('identity.invitation_mailed_often');
    } finally {
      bed.clock.advance(began - bed.clock.now().getTime());
    }
  });

  test('is one of thirty that a member sends in a minute; others have a budget of their own', async () => {
    const [hasty, calm] = [await school.person('admin'), await school.person('admin')];
    for (let sent = 0; sent < 30; sent += 1) expect((await invite(newEmail(), hasty.client)).status).toBe(201);
    expect((await invite(newEmail(), hasty.client))).toMatchObject({ status: 429, body: { code: 'kernel.rate_limited' } });
    expect((await invite(newEmail(), calm.client)).status).toBe(201);
  });

  test('to more than somebody may is neither replaced nor withdrawn by them', async () => {
    const email = newEmail();
    const { data } = (await admin.client.get('roles')).body;
    const adminRole = data.find((role: { key: string }) => role.key === 'admin').id;
    await admin.client.post('roles', { key: 'greeter', name: { en: 'Greeter' }, persona: 'officer', permissions: ['invitation:create', 'invitation:read'] });
    const greeter = await school.person('greeter');
    const greeterRole = (await admin.client.get('roles')).body.data.find((role: { key: string }) => role.key === 'greeter').id;
    const made = (await admin.client.post('invitations', { email, roleIds: [adminRole], locale: 'en' })).body;
    expect((await greeter.client.post('invitations', { email, roleIds: [greeterRole] })).body.code).toBe('identity.beyond_own_permissions');
    expect((await greeter.client.delete(`invitations/${made.id}`)).body.code).toBe('identity.beyond_own_permissions');
    expect((await admin.client.get('invitations?status=pending')).body.data.find((row: { id: string }) => row.id === made.id).roles).toMatchObject([{ key: 'admin' }]);
    expect((await greeter.client.post('invitations', { email: newEmail(), roleIds: [greeterRole] })).status).toBe(201);
  });

  test('is for the invited address alone', async () => {
    const email = newEmail();
    await invite(email);
    const { token } = await mailTo(bed, email);
    const other = await signedIn(bed, school.host);
    expect((await other.client.post(`invitations/${token}/accept`)).body.code).toBe('identity.invitation_for_other');
    expect((await school.visitor.post(`invitations/${token}/accept`)).status).toBe(401);
    expect((await other.client.get('membership')).status).toBe(404);
  });

  test('does not work when it is withdrawn, or too old, or of another tenant', async () => {
    const [withdrawn, old] = [newEmail(), newEmail()];
    const { id } = (await invite(withdrawn)).body;
    await invite(old);
    const tokens = [(await mailTo(bed, withdrawn)).token, (await mailTo(bed, old)).token];
    const elsewhere = await bed.tenant('school');
    expect((await elsewhere.visitor.get(`invitations/${tokens[0]}`)).status).toBe(404);
    expect((await admin.client.delete(`invitations/${id}`)).status).toBe(204);
    expect((await admin.client.delete(`invitations/${id}`)).status).toBe(404);
    const days = 14 * 86_400_000;
    const person = await signedIn(bed, school.host, withdrawn);
    expect((await person.client.post(`invitations/${tokens[0]}/accept`)).body.code).toBe('identity.invitation_not_found');
    bed.clock.advance(days);
    expect((await school.visitor.get(`invitations/${tokens[1]}`)).status).toBe(404);
    bed.clock.advance(-days);
  });

  test('gives nobody more than who invites may give', async () => {
    const place = await bed.tenant('school');
    const boss = await place.person('admin');
    await boss.client.post('roles', { key: 'greeter', name: { en: 'Greeter' }, persona: 'officer', permissions: ['invitation:create', 'invitation:read', 'course:read', 'profile:update:own'] });
    const greeter = await place.person('greeter');
    const [guardian, administrator, visitor] = await Promise.all(['guardian', 'admin', 'visitor'].map((key) => roleId(boss.client, key)));
    const ask = (id: string | undefined) => greeter.client.post('invitations', { email: newEmail(), roleIds: [id] });
    expect((await ask(guardian)).status).toBe(201);
    expect((await ask(administrator)).body.code).toBe('identity.beyond_own_permissions');
    expect((await ask(visitor)).body.code).toBe('identity.role_not_found');
    expect((await ask(teacherRole)).body.code).toBe('identity.role_not_found');
  });

  test('is not for who lacks the permission, nor over the fence; it stays pending', async () => {
    const email = newEmail();
    const { id } = (await invite(email)).body;
    const pupil = await school.person('pupil');
    const stranger = await (await bed.tenant('school')).person('admin');
    expect((await invite(newEmail(), pupil.client)).status).toBe(404);
    expect((await pupil.client.delete(`invitations/${id}`)).status).toBe(404);
    expect((await stranger.client.delete(`invitations/${id}`)).status).toBe(404);
    expect((await pupil.client.get('invitations')).status).toBe(404);
    const listed = (await admin.client.get('invitations?status=pending&limit=100')).body.data;
    expect(listed.map((invitation: { id: string }) => invitation.id)).toContain(id);
  });

  test('leaves its token in no table and no job', async () => {
    const email = newEmail();
    await invite(email);
    const { rows: jobs } = await bed.owner.query("select payload::text as text from graphile_worker._private_jobs");
    const { token } = await mailTo(bed, email);
    const { rows } = await bed.owner.query("select row_to_json(i)::text as text from identity.invitation i union all select row_to_json(a)::text from kernel.audit_entry a union all select row_to_json(e)::text from kernel.event e");
    for (const { text } of [...jobs, ...rows]) expect(text).not.toContain(token);
  });
});

describe('a newcomer', () => {
  const password = 'tres hermanas en el campo';

  test('opens the account, joins and is signed in with the token alone: it was mailed to the address', async () => {
    const email = newEmail();
    await invite(email);
    const { token } = await mailTo(bed, email);
    expect((await school.visitor.get(`invitations/${token}`)).body.hasAccount).toBe(false);
    expect((await school.visitor.post(`invitations/${token}/account`, { name: 'Nora', password: 'corta' })).body.code).toBe('identity.password_too_short');
    const answer = await school.visitor.post(`invitations/${token}/account`, { name: 'Nora', password });
    expect(answer).toMatchObject({ status: 201, body: { name: 'Nora', email, locale: 'es-MX', persona: 'instructor' } });
    const mine = school.visitor.with({ cookie: cookiesOf(answer.headers['set-cookie']) });
    expect((await mine.get('account')).body).toMatchObject({ email, name: 'Nora' });
    expect((await school.visitor.post(`invitations/${token}/account`, { name: 'Nora', password })).body.code).toBe('identity.invitation_not_found');
    expect((await school.visitor.post('sessions', { email, password }, { origin: `http://${school.host}` })).status).toBe(200);
  });

  test('takes the place of a sign-up that nobody confirmed, and of no other account', async () => {
    const [unconfirmed, known] = [newEmail(), newEmail()];
    await school.visitor.post('accounts', { email: unconfirmed, name: 'Somebody', password: 'otra clave del campo' });
    await signedIn(bed, school.host, known);
    for (const email of [unconfirmed, known]) await invite(email);
    const tokenOf = async (email: string) => (await mailTo(bed, email)).token;
    expect((await school.visitor.post(`invitations/${await tokenOf(unconfirmed)}/account`, { name: 'Nora', password })).status).toBe(201);
    const token = await tokenOf(known);
    expect((await school.visitor.get(`invitations/${token}`)).body.hasAccount).toBe(true);
    expect((await school.visitor.post(`invitations/${token}/account`, { name: 'Nora', password })).body.code).toBe('identity.email_taken');
    expect((await school.visitor.get(`invitations/${token}`)).status).toBe(200);
  });

  test('who comes to the door without the mail finds the invitation there', async () => {
    const email = newEmail();
    await invite(email);
    const { client } = await signedIn(bed, school.host, email);
    const other = await signedIn(bed, school.host);
    expect((await client.get('memberships/offer')).body).toMatchObject({ invitation: { roles: [{ key: 'teacher' }] } });
    expect((await other.client.get('memberships/offer')).body.invitation).toBeNull();
    expect((await school.visitor.get('memberships/offer')).status).toBe(401);
    expect((await client.post('memberships')).body).toMatchObject({ persona: 'instructor' });
    expect((await client.post('memberships')).body).toMatchObject({ persona: 'instructor' });
    expect((await client.get('memberships/offer')).body.invitation).toBeNull();
  });
});
