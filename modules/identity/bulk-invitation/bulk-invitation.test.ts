import { createTestBed, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../../apps/server/housekeeping.ts';
import { invitationTokens } from '../invitation/mail.ts';
import { mailTo, signedIn } from '../testing/people.ts';
import { bulkInvitationJob } from './job.ts';

let bed: TestBed;
let school: TestTenant;
let admin: Person;
let roles: Record<string, string>;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => {
  school = await bed.tenant('school');
  admin = await school.person('admin');
  roles = Object.fromEntries((await admin.client.get('roles')).body.data.map((role: { key: string; id: string }) => [role.key, role.id]));
});

const stranger = () => `new-${randomUUID()}@example.test`;
const paste = async (text: string, by = admin, roleId = roles['teacher']) => (await by.client.post('bulk-invitations/text', { text, roleId })).body;
const start = (id: string, by = admin) => by.client.post(`bulk-invitations/${id}/start`);
const lines = async (id: string, kind = '') => (await admin.client.get(`bulk-invitations/${id}/lines?limit=100${kind && `&kind=${kind}`}`)).body.data as { email: string; forecast: string; outcome: string | null; role: { key: string } | null; rolesExpireAt: string | null; locale: string }[];
const forecasts = async (id: string) => (await lines(id)).map(({ forecast }) => forecast);
const outcomes = async (id: string) => (await lines(id)).map(({ outcome }) => outcome);
const invitations = async (email: string) => (await bed.owner.query('select status, mailing, role_ids, locale, name from identity.invitation where tenant_id = $1 and email = $2', [school.tenant.id, email])).rows;
/** Mails of a list leave a tenth of a second after each other. */
const mailed = async () => { await bed.owner.query("update graphile_worker._private_jobs set run_at = now() where run_at > now()"); await bed.runJobs(); };

test('a list is looked through before anybody is invited, then invites with its roles, ends and languages, and reports line by line', async () => {
  const [asked, ana, layla] = [stranger(), stranger(), stranger()];
  await admin.client.post('invitations', { email: asked, roleIds: [roles['teacher']] });
  const text = `nombre;correo;rol;hasta;idioma\nAna Peña;${ana.toUpperCase()};Docente;31/12/2099;español\nليلى;${layla};;;العربية\nOtra vez;${ana};;;\nYa;${admin.email};;;\nInvitada;${asked};;;\nRey;${stranger()};rey;;\nX;=1+1;;;\nTarde;${stranger()};;2001-01-01;\nQué;${stranger()};;;klingon`;
  const raw = await admin.client.ask(`bulk-invitations?name=people.csv&roleId=${roles['guardian']}&locale=en`, { method: 'POST', raw: Buffer.from(`\uFEFF${text}`, 'utf16le'), headers: { 'content-type': 'text/csv' } });
  expect(raw.body).toMatchObject({ status: 'draft', lineCount: 9, doneCount: 0, fileName: 'people.csv' });
  const { id } = raw.body;
  const expected = ['invite', 'invite', 'duplicate', 'already_member', 'already_invited', 'no_such_role', 'bad_address', 'bad_date', 'bad_language'];
  expect(await forecasts(id)).toEqual(expected);
  expect((await lines(id))[0]).toMatchObject({ role: { key: 'teacher' }, rolesExpireAt: '2099-12-31T22:00:00.000Z', locale: 'es-MX' });
  expect(await invitations(ana)).toEqual([]);

  for (const _ of [1, 2]) expect((await start(id)).status).toBe(202);
  await bed.runJobs();
  await mailed();
  expect((await admin.client.get(`bulk-invitations/${id}`)).body).toMatchObject({ status: 'done', doneCount: 9, outcomes: expect.arrayContaining([{ kind: 'invited', count: 2 }]) });
  expect(await outcomes(id)).toEqual(['invited', 'invited', ...expected.slice(2)]);
  expect(await lines(id, 'invited')).toHaveLength(2);
  expect(await invitations(asked), 'no second mail').toMatchObject([{ mailing: 1 }]);
  expect((await mailTo(bed, layla)).subject).toMatch(/[\u0600-\u06ff]/);
  const { text: report } = await admin.client.get(`bulk-invitations/${id}/report`);
  expect(report.split('\r\n')[1]).toContain('"teacher"');
  expect(report).toContain(`"'=1+1"`);

  // Sent anew by hand, it hands the role on until the same day.
  const { body: renewed } = await admin.client.post('invitations', { email: ana, roleIds: [roles['teacher']] });
  expect(renewed.rolesExpireAt).toBe('2099-12-31T22:00:00.000Z');
  const { token } = await mailTo(bed, ana);
  expect((await school.visitor.get(`invitations/${token}`)).body).toMatchObject({ name: 'Ana Peña', roles: [{ key: 'teacher' }] });
  const { client } = await signedIn(bed, school.host, ana);
  const { body: member } = await client.post(`invitations/${token}/accept`);
  expect(member.roles).toMatchObject([{ key: 'teacher', expiresAt: '2099-12-31T22:00:00.000Z' }]);
  expect(await failedChecks(bed.application.database, school.tenant, loadChecks())).toEqual([]);
});

test('the same people in two lists that run at the same time, the other way round, are invited once each', async () => {
  const people = Array.from({ length: 120 }, stranger);
  const [one, other] = [await paste(people.join('\n')), await paste(people.toReversed().join('\n'))];
  await Promise.all([start(one.id), start(other.id)]);
  const job = bed.application.jobs.find(({ name }) => name === 'identity.bulkInvite')!;
  const context = { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: pino({ level: 'silent' }) };
  await Promise.all([one, other, one].map(({ id }) => job.run({ tenantId: school.tenant.id, bulkInvitationId: id }, context)));
  const { rows } = await bed.owner.query('select count(*)::int as count, max(mailing) as mailing from identity.invitation where tenant_id = $1', [school.tenant.id]);
  expect(rows).toEqual([{ count: 120, mailing: 1 }]);
  const count = async (id: string) => Object.fromEntries((await admin.client.get(`bulk-invitations/${id}`)).body.outcomes.map(({ kind, count: n }: { kind: string; count: number }) => [kind, n]));
  const [first, second] = [await count(one.id), await count(other.id)];
  expect((first['invited'] ?? 0) + (second['invited'] ?? 0)).toBe(120);
  expect((first['already_invited'] ?? 0) + (second['already_invited'] ?? 0)).toBe(120);
});

test('nobody hands out more than they may, neither when the list is read nor when it runs', async () => {
  await admin.client.post('roles', { key: 'greeter', name: { en: 'Greeter' }, persona: 'officer', permissions: ['invitation:create', 'invitation:read', 'role:read', 'member:read'] });
  await admin.client.post('roles', { key: 'reader', name: { en: 'Reader' }, persona: 'officer', permissions: ['member:read'] });
  const greeter = await school.person('greeter');
  const reader = (await admin.client.get('roles')).body.data.find((role: { key: string }) => role.key === 'reader').id;
  expect((await paste(stranger(), greeter, roles['admin'])).code).toBe('identity.beyond_own_permissions');
  expect((await paste(stranger(), greeter, randomUUID())).code).toBe('identity.role_not_found');
  const text = `email,role\n${stranger()},admin\n${stranger()},`;
  const { id } = await paste(text, greeter, reader);
  expect(await forecasts(id)).toEqual(['not_allowed', 'invite']);

  // An admin's own list, started by somebody who may less.
  const { id: high } = await paste(text, admin, reader);
  expect(await forecasts(high)).toEqual(['invite', 'invite']);
  await start(high, greeter);
  await bed.runJobs();
  expect(await outcomes(high)).toEqual(['not_allowed', 'invited']);

  // Whoever starts a list and is suspended before it runs invites nobody.
  await start(id, greeter);
  await bed.owner.query("update identity.member set status = 'suspended' where id = $1", [greeter.memberId]);
  await bed.runJobs();
  expect(await outcomes(id)).toEqual(['not_allowed', 'not_allowed']);
});

test('the organisation’s places bound a list, those that invitations wait for included', async () => {
  await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{members}', '3') where id = $1", [school.tenant.id]);
  bed.application.directory.forget();
  const { id } = await paste([stranger(), stranger(), stranger()].join('\n'));
  expect(await forecasts(id)).toEqual(['invite', 'invite', 'no_place']);
  await admin.client.post('invitations', { email: stranger(), roleIds: [roles['teacher']] });
  await start(id);
  await bed.runJobs();
  expect((await outcomes(id)).toSorted()).toEqual(['invited', 'no_place', 'no_place']);
});

test('lists that run at the same time share the places', async () => {
  await bed.owner.query("update tenancy_control.tenant set limits = jsonb_set(limits, '{members}', '31') where id = $1", [school.tenant.id]);
  bed.application.directory.forget();
  const lists = await Promise.all([1, 2, 3].map(() => paste(Array.from({ length: 30 }, stranger).join('\n'))));
  await Promise.all(lists.map(({ id }) => start(id)));
  const job = bed.application.jobs.find(({ name }) => name === 'identity.bulkInvite')!;
  const context = { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: pino({ level: 'silent' }) };
  await Promise.all(lists.map(({ id }) => job.run({ tenantId: school.tenant.id, bulkInvitationId: id }, context)));
  const { rows } = await bed.owner.query("select count(*)::int as count from identity.invitation where tenant_id = $1 and status = 'pending'", [school.tenant.id]);
  expect(rows).toEqual([{ count: 30 }]);
});

test('an address that got enough mails today gets none; a line that nobody foresaw is noted at last and holds nobody up', async () => {
  const weary = stranger();
  for (let n = 0; n < 5; n += 1) await admin.client.post('invitations', { email: weary, roleIds: [roles['teacher']] });
  await bed.owner.query("update identity.invitation set status = 'revoked' where email = $1", [weary]);
  const { id } = await paste([weary, stranger(), stranger()].join('\n'));
  await bed.owner.query("update identity.bulk_invitation set status = 'running', started_at = now(), permissions = (select permissions from identity.role where tenant_id = $1 and key = 'admin') where id = $2", [school.tenant.id, id]);
  const real = invitationTokens('a secret');
  let calls = 0;
  // All together, the two that are left together, and one of these alone.
  const tokenOf = (...of: [string, number]) => { calls += 1; if (calls <= 3) throw new Error('nobody foresaw this'); return real.tokenOf(...of); };
  const job = bulkInvitationJob({ database: bed.application.database, tenants: bed.application.directory, tokens: { ...real, tokenOf } });
  const context = { attempt: 8, lastAttempt: true, signal: new AbortController().signal, log: pino({ level: 'silent' }) };
  await job.run({ tenantId: school.tenant.id, bulkInvitationId: id }, context);
  expect(await outcomes(id)).toEqual(['mailed_often', 'failed', 'invited']);
});

test('lists are for those who may invite, of this organisation; a draft is thrown away, and old ones go', async () => {
  const { id } = await paste(stranger());
  const learner = await school.person('guardian');
  const elsewhere = await (await bed.tenant()).person('admin');
  for (const by of [learner, elsewhere]) {
    expect((await by.client.get(`bulk-invitations/${id}`)).status).toBe(404);
    expect((await start(id, by)).status).toBe(404);
    expect((await by.client.delete(`bulk-invitations/${id}`)).status).toBe(404);
  }
  expect((await admin.client.get('bulk-invitations')).body.data).toMatchObject([{ id, status: 'draft' }]);
  expect((await admin.client.delete(`bulk-invitations/${id}`)).status).toBe(204);
  expect((await admin.client.delete(`bulk-invitations/${id}`)).body.code).toBe('identity.list_not_found');
  expect((await paste('no addresses\nat all')).code).toBe('identity.list_without_addresses');
  const { id: old } = await paste(stranger());
  await bed.owner.query("update identity.bulk_invitation set created_at = created_at - interval '91 days' where id = $1", [old]);
  await bed.runJob('kernel.tidy');
  expect((await admin.client.get(`bulk-invitations/${old}`)).status).toBe(404);
});
