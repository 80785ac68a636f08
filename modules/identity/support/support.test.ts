import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { baseHost, cookiesOf, createTestBed, testPassword, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';

let bed: TestBed;
let place: TestTenant;
let admin: Person;
const boundless = { take: async (_key: string, limit: number) => ({ allowed: true, limit, remaining: limit, resetSeconds: 60 }) };
beforeAll(async () => { bed = await createTestBed({ rateLimiter: boundless }); });
afterAll(() => bed.close());
beforeEach(async () => {
  place = await bed.tenant();
  admin = await place.person('admin');
});

const hour = 60 * 60 * 1000;

interface Operator { client: Client; accountId: string; email: string }

/** Signed in on the installation's host, with the second step on. */
async function operator({ twoFactor = true } = {}): Promise<Operator> {
  const client = await bed.operator();
  const { id: accountId, email } = (await client.get('account')).body;
  await bed.owner.query('update identity_control.account set two_factor_enabled = $2 where id = $1', [accountId, twoFactor]);
  return { client, accountId, email };
}

/** A browser on the organisation's host. */
const browserAt = (host: string, cookie?: string) => bed.client(host).with({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) });

const adminNow = () => place.signIn(admin);
/** To let somebody in, an administrator has just shown who they are. */
const adminHere = () => place.browse(admin);
const grant = async (body: object = {}) => (await (await adminHere()).post('support-accesses', { level: 'read', hours: 1, ...body })).body;

/** The first half: the organisation's host marks the browser. */
async function begin(host = place.host): Promise<{ cookie: string; challenge: string; url: URL }> {
  const answer = await browserAt(host).post('support-sessions/preparation');
  const url = new URL(answer.body.url);
  return { cookie: cookiesOf(answer.headers['set-cookie']), challenge: url.searchParams.get('challenge')!, url };
}

const approve = ({ client }: Operator, challenge: string, { tenant } = place) => client.post(`operator/tenants/${tenant.id}/support-codes`, { challenge });
const codeOf = (url: string) => new URL(url).searchParams.get('code')!;
const redeem = (code: string, cookie: string, host = place.host) => browserAt(host, cookie).post('support-sessions', { code });

/** All the way in: the support session's own client, and on `carry` its cookie. */
async function enter(who: Operator, carry: { cookie?: string } = {}): Promise<Client> {
  const { cookie, challenge } = await begin();
  const approved = await approve(who, challenge);
  const entered = await redeem(codeOf(approved.body.url), cookie);
  if (entered.status !== 201) throw new Error(`Entering answered ${approved.status} ${approved.text} ${entered.status} ${entered.text}`);
  carry.cookie = cookiesOf(entered.headers['set-cookie']!.slice(0, 1));
  return browserAt(place.host, carry.cookie);
}

const logOf = async (query = '') => (await (await adminNow()).get(`audit-entries?limit=100${query}`)).body.data as { action: string; actorKind: string; supportName: string | null; outcome: string; memberId: string | null; subjectId: string | null }[];
const operatorLog = async ({ client }: Operator) => (await client.get(`operator/audit-entries?subjectId=${place.tenant.id}&limit=100`)).body.data as { action: string; accountName: string }[];

describe('entering', () => {
  test('goes by the organisation’s consent, and stands in both logs', async () => {
    const who = await operator();
    const access = await grant({ note: 'Certificates show the wrong name' });
    expect(access).toMatchObject({ state: 'granted', level: 'read', alive: true, operatorName: null });
    const seen = (await who.client.get(`operator/tenants/${place.tenant.id}/support`)).body;
    expect(seen).toMatchObject({ twoFactor: true, request: null, access: { id: access.id, note: 'Certificates show the wrong name' }, door: `http://${place.host}/support` });

    const { cookie, challenge, url } = await begin();
    expect(url.origin + url.pathname).toBe(`http://${baseHost}/operator/tenants/${place.tenant.id}/support`);
    // What travels in addresses is the hash of what stays in the cookie.
    expect(challenge).toBe(createHash('sha256').update(cookie.split('=')[1]!).digest('base64url'));
    const approved = await approve(who, challenge);
    expect(approved).toMatchObject({ status: 201 });
    expect(new URL(approved.body.url).host).toBe(place.host);
    const entered = await redeem(codeOf(approved.body.url), cookie);
    expect(entered).toMatchObject({ status: 201, body: { level: 'read', until: access.expiresAt } });
    for (const line of entered.headers['set-cookie']!) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax/);

    const support = browserAt(place.host, cookiesOf(entered.headers['set-cookie']));
    expect((await support.get('members')).status).toBe(200);
    expect((await support.get('settings')).body.abilities).toEqual({ update: false });
    expect((await support.delete('support-sessions/current')).status).toBe(204);

    const entries = (await logOf('&actorKind=support')).toReversed();
    expect(entries.map(({ action }) => action)).toEqual(['identity.enterSupport', 'identity.listMembers', 'tenancy.getSettings', 'identity.leaveSupport']);
    expect(new Set(entries.map(({ supportName, memberId }) => [supportName, memberId].join()))).toEqual(new Set(['Test operator,']));
    expect((await operatorLog(who)).map(({ action, accountName }) => `${accountName} ${action}`)).toEqual(['Test operator identity.leaveSupport', 'Test operator identity.enterSupport', 'Test operator identity.approveSupport']);
    expect((await logOf('&action=identity.grantSupport'))[0]).toMatchObject({ actorKind: 'member', memberId: admin.memberId });
  });

  test('is not possible without consent, after its end, nor when its time is over', async () => {
    const who = await operator();
    const { cookie, challenge } = await begin();
    expect((await approve(who, challenge)).body.code).toBe('identity.support_not_allowed');
    const access = await grant();
    expect((await (await adminNow()).post(`support-accesses/${access.id}/end`)).status).toBe(204);
    expect((await approve(who, challenge)).body.code).toBe('identity.support_not_allowed');
    await grant();
    const code = codeOf((await approve(who, challenge)).body.url);
    const [living] = (await (await adminNow()).get('support-accesses')).body.data;
    await (await adminNow()).post(`support-accesses/${living.id}/end`);
    // Between the confirmation and the entry the organisation thought better of it.
    expect((await redeem(code, cookie)).body.code).toBe('identity.support_not_allowed');
    await grant();
    bed.clock.advance(hour + 1000);
    const later = await operator();
    expect((await approve(later, challenge)).body.code).toBe('identity.support_not_allowed');
    expect((await later.client.get(`operator/tenants/${place.tenant.id}/support`)).body.access).toBeNull();
  });

  test('asks for the operator’s second step, and for a sign-in that is fresh', async () => {
    await grant({ hours: 24 });
    const { challenge } = await begin();
    const bare = await operator({ twoFactor: false });
    expect((await approve(bare, challenge)).body.code).toBe('identity.support_needs_two_factor');
    const who = await operator();
    bed.clock.advance(hour);
    expect((await approve(who, challenge)).body.code).toBe('kernel.confirmation_required');
  });

  test('is for operators: a member, an admin and an account are told that there is nothing', async () => {
    await grant();
    const { challenge } = await begin();
    const path = `operator/tenants/${place.tenant.id}`;
    for (const client of [await adminNow(), (await place.person('learner')).client]) {
      expect((await client.post(`${path}/support-codes`, { challenge })).status).toBe(404);
      expect((await client.get(`${path}/support`)).status).toBe(404);
      expect((await client.post(`${path}/support-requests`, { level: 'read', hours: 1, reason: 'curious' })).status).toBe(404);
    }
    expect((await bed.client(baseHost).get(`${path}/support`)).status).toBe(401);
    const learner = await place.person('learner');
    for (const [method, at] of [['GET', 'support-accesses'], ['POST', 'support-accesses']] as const) {
      expect((await learner.client.ask(at, { method, ...(method === 'POST' && { body: { level: 'read', hours: 1 } }) })).status).toBe(404);
    }
  });

  test('wants both halves, once, within the minute, at the right host', async () => {
    await grant();
    const who = await operator();
    const { cookie, challenge } = await begin();
    const other = await begin();
    const code = codeOf((await approve(who, challenge)).body.url);
    const invalid = 'identity.support_code_invalid';
    expect((await redeem(code, other.cookie)).body.code).toBe(invalid);
    expect((await browserAt(place.host).post('support-sessions', { code })).body.code).toBe(invalid);
    expect((await redeem('a-guess', cookie)).body.code).toBe(invalid);
    const elsewhere = await bed.tenant();
    expect((await redeem(code, cookie, elsewhere.host)).body.code).toBe(invalid);
    // Whoever was wrong has not used it up.
    expect((await redeem(code, cookie)).status).toBe(201);
    expect((await redeem(code, cookie)).body.code).toBe(invalid);

    const late = codeOf((await approve(who, challenge)).body.url);
    bed.clock.advance(61_000);
    expect((await redeem(late, cookie)).body.code).toBe(invalid);
  });

  test('with one code sent many times at once opens one session', async () => {
    await grant();
    const who = await operator();
    const { cookie, challenge } = await begin();
    const code = codeOf((await approve(who, challenge)).body.url);
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(code, cookie)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403, 403, 403, 403]);
    expect((await logOf('&action=identity.enterSupport'))).toHaveLength(1);
  });

  test('goes through the installation’s own name: where the organisation’s domain leads is in its hands', async () => {
    await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ('elsewhere.example', $1, 'aaaaaaaaaaaaaaaaaaaaaaaa', now())", [place.tenant.id]);
    await bed.owner.query("update tenancy_control.tenant set primary_host = 'elsewhere.example' where id = $1", [place.tenant.id]);
    bed.application.directory.forget();
    const who = await operator();
    await grant();
    expect((await who.client.get(`operator/tenants/${place.tenant.id}/support`)).body.door).toBe(`http://${place.host}/support`);
    expect(new URL((await approve(who, (await begin()).challenge)).body.url).host).toBe(place.host);
  });

  test('is refused to forms of other sites', async () => {
    const { cookie } = await begin();
    const foreign = bed.client(place.host).with({ cookie, origin: 'http://elsewhere.example', 'sec-fetch-site': 'cross-site' });
    expect((await foreign.post('support-sessions', { code: 'any' })).body.code).toBe('kernel.cross_site_request');
  });

  test('is slowed down', async () => {
    const small = await createTestBed();
    try {
      const { host } = await small.tenant();
      const answers = await Promise.all(Array.from({ length: 25 }, () => small.client(host).post('support-sessions', { code: 'guess' })));
      expect(answers.some(({ status }) => status === 429)).toBe(true);
    } finally {
      await small.close();
    }
  });
});

describe('inside', () => {
  test('reading changes nothing, and what is refused is written down', async () => {
    await grant();
    const support = await enter(await operator());
    const settings = (await support.get('settings')).body;
    const refused = await support.patch('settings', { tagline: 'by support' }, { 'if-match': `"${settings.version}"` });
    expect([refused.status, refused.body.code]).toEqual([403, 'kernel.support_reads_only']);
    expect((await (await adminNow()).get('settings')).body.tagline).toBe(settings.tagline);
    expect((await logOf('&actorKind=support&outcome=refused'))[0]).toMatchObject({ action: 'tenancy.updateSettings', supportName: 'Test operator' });
  });

  test('what may be changed is, as support and as nobody else', async () => {
    await grant({ level: 'change' });
    const who = await operator();
    const support = await enter(who);
    const { version } = (await support.get('settings')).body;
    expect((await support.patch('settings', { tagline: 'by support' }, { 'if-match': `"${version}"` })).body.tagline).toBe('by support');
    expect((await logOf('&action=tenancy.updateSettings'))[0]).toMatchObject({ actorKind: 'support', supportName: 'Test operator', memberId: null, outcome: 'done' });
    expect((await operatorLog(who)).map(({ action }) => action)).toContain('tenancy.updateSettings');
  });

  test('what is the people’s own stays closed, whatever was granted', async () => {
    await grant({ level: 'change' });
    const support = await enter(await operator());
    const { memberId } = admin;
    const role = (await (await adminNow()).get('roles')).body.data[0];
    const closed: [string, string, unknown?][] = [
      ['GET', 'message-threads'], ['GET', 'message-reports'], ['GET', 'notes'], ['GET', 'account'], ['GET', 'membership'], ['GET', 'account/sessions'], ['POST', 'membership/data-exports'],
      ['POST', 'tenant-exports'], ['GET', 'tenant-exports'], ['GET', 'audit-entries/export'], ['PUT', 'tenant-deletion', { name: place.tenant.name }], ['POST', 'memberships'],
      ['PATCH', `roles/${role.id}`, { permissions: [] }], ['POST', 'roles', { key: 'mine', name: { en: 'Mine' }, persona: 'admin', permissions: [] }], ['PATCH', `members/${memberId}`, { status: 'suspended' }],
      ['POST', 'invitations', { email: 'friend@example.test', roleIds: [role.id] }], ['GET', 'support-accesses'], ['POST', 'support-accesses', { level: 'change', hours: 168 }], ['GET', 'operator/tenants'],
    ];
    for (const [method, path, body] of closed) {
      const { status } = await support.ask(path, { method, ...(body ? { body } : {}), headers: { 'if-match': '"1"' } });
      expect([403, 404], `${method} ${path} answered ${status}`).toContain(status);
    }
    expect((await support.get(`members/${memberId}`)).status).toBe(200);
  });

  test('another organisation is nothing to this session, by whatever name it is called', async () => {
    await grant();
    const carried: { cookie?: string } = {};
    const support = await enter(await operator(), carried);
    const other = await bed.tenant();
    expect((await support.get('members', { 'x-tenant-id': other.tenant.id })).status).toBe(404);
    expect((await support.get(`/api/v1/tenants/${other.tenant.id}/members`)).status).toBe(404);
    expect((await browserAt(other.host, carried.cookie).get('members')).body.code).toBe('identity.support_ended');
    // Nor is the organisation itself, on another of its hosts: where that leads is in its hands.
    await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ('soporte.example', $1, 'aaaaaaaaaaaaaaaaaaaaaaaa', now())", [place.tenant.id]);
    bed.application.directory.forget();
    for (const host of ['soporte.example', baseHost]) expect((await browserAt(host, carried.cookie).get('members')).body.code, host).toBe('identity.support_ended');
    // The same organisation by its header is the same door.
    expect((await support.get('members', { 'x-tenant-id': place.tenant.id })).status).toBe(200);
  });

  test('an operator’s own session with X-Tenant-ID opens nothing, granted or not', async () => {
    const who = await operator();
    await grant({ level: 'change' });
    expect((await who.client.get('members', { 'x-tenant-id': place.tenant.id })).status).toBe(404);
    expect((await who.client.get(`/api/v1/tenants/${place.tenant.id}/members`)).status).toBe(404);
  });

  test('what is looked at is written once in a quarter of an hour', async () => {
    await grant();
    const support = await enter(await operator());
    for (let time = 0; time < 3; time++) await support.get(`members/${admin.memberId}`);
    const reads = async () => (await logOf(`&subjectId=${admin.memberId}`)).filter(({ action }) => action === 'kernel.readAsSupport');
    expect(await reads()).toHaveLength(1);
    bed.clock.advance(16 * 60 * 1000);
    await support.get(`members/${admin.memberId}`);
    expect(await reads()).toHaveLength(2);
    // What anybody may see is no news.
    await support.get('courses');
    expect(await logOf('&action=catalog.listCourses')).toEqual([]);
  });
});

describe('the end', () => {
  const over = async (support: Client) => {
    const answer = await support.get('members');
    expect([answer.status, answer.body.code]).toEqual([401, 'identity.support_ended']);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/support=; .*Max-Age=0/);
  };

  test('comes at the next request once the organisation ends it', async () => {
    const { id } = await grant({ level: 'change' });
    const support = await enter(await operator());
    expect((await support.get('members')).status).toBe(200);
    await (await adminNow()).post(`support-accesses/${id}/end`);
    await over(support);
  });

  test('comes with a new access: what was let in under the old one is not under the new', async () => {
    await grant({ level: 'change', hours: 24 });
    const support = await enter(await operator());
    await grant({ level: 'read' });
    await over(support);
    expect((await (await adminNow()).get('support-accesses')).body.data.map(({ alive }: { alive: boolean }) => alive)).toEqual([true, false]);
  });

  test('comes with time: of the access, or after eight hours', async () => {
    await grant();
    const short = await enter(await operator());
    bed.clock.advance(hour);
    await over(short);
    await grant({ hours: 168 });
    const long = await enter(await operator());
    bed.clock.advance(8 * hour - 1000);
    expect((await long.get('members')).status).toBe(200);
    bed.clock.advance(1000);
    await over(long);
  });

  test('comes when the operator signs out, loses the office or the second step', async () => {
    await grant({ hours: 24 });
    const [gone, demoted, weakened] = [await operator(), await operator(), await operator()];
    const sessions = [await enter(gone), await enter(demoted), await enter(weakened)];
    // Several operators are in at the same time, each in their own name.
    for (const session of sessions) expect((await session.get('members')).status).toBe(200);
    await gone.client.delete('sessions/current');
    await bed.owner.query('delete from identity_control.operator where account_id = $1', [demoted.accountId]);
    await bed.owner.query('update identity_control.account set two_factor_enabled = false where id = $1', [weakened.accountId]);
    for (const session of sessions) await over(session);
  });

  test('by leaving: twice is fine, and the cookie is worth nothing', async () => {
    await grant();
    const support = await enter(await operator());
    expect((await support.delete('support-sessions/current')).status).toBe(204);
    await over(support);
    expect((await browserAt(place.host).delete('support-sessions/current')).status).toBe(204);
    expect((await logOf('&action=identity.leaveSupport'))).toHaveLength(1);
  });
});

describe('asking', () => {
  const ask = ({ client }: Operator, body: object = {}) => client.post(`operator/tenants/${place.tenant.id}/support-requests`, { level: 'change', hours: 24, reason: 'Mails do not arrive', ...body });
  const mails = async (email: string) => {
    await bed.runJobs();
    return (await bed.owner.query('select subject, body from kernel_control.mail where recipient = $1 order by created_at, id', [email])).rows as { subject: string; body: string }[];
  };

  test('reaches the administrators by mail, and opens the door for who asked alone', async () => {
    const [who, other] = [await operator(), await operator()];
    const request = (await ask(who)).body;
    expect(request).toMatchObject({ state: 'requested', operatorName: 'Test operator', reason: 'Mails do not arrive', alive: false });
    const [mail] = await mails(admin.email);
    expect(mail!.subject).toContain('Support asks for access');
    expect(mail!.body).toContain('Mails do not arrive');
    expect(mail!.body).toContain(`http://${place.host}/admin/support-access`);
    const { challenge } = await begin();
    expect((await approve(who, challenge)).body.code).toBe('identity.support_not_allowed');

    const client = await adminHere();
    expect((await client.post(`support-accesses/${request.id}/allow`, { level: 'change', hours: 168 })).body.code).toBe('identity.support_beyond_request');
    const allowed = await client.post(`support-accesses/${request.id}/allow`, { level: 'read', hours: 1 });
    expect(allowed.body).toMatchObject({ state: 'granted', level: 'read', hours: 1, alive: true });
    // Allowed again, nothing is prolonged.
    bed.clock.advance(60_000);
    expect((await client.post(`support-accesses/${request.id}/allow`, { level: 'read', hours: 1 })).body.expiresAt).toBe(allowed.body.expiresAt);
    expect((await approve(other, challenge)).body.code).toBe('identity.support_not_allowed');
    expect((await (await enter(who)).get('members')).status).toBe(200);
    expect((await mails(who.email)).at(-1)!.subject).toContain('allows what you asked for');
  });

  test('may be refused, and is not asked again and again', async () => {
    const who = await operator();
    const client = await adminHere();
    for (let time = 0; time < 3; time++) {
      const { id } = (await ask(who)).body;
      expect((await client.post(`support-accesses/${id}/refuse`)).status).toBe(204);
      expect((await client.post(`support-accesses/${id}/refuse`)).status).toBe(204);
      expect((await client.post(`support-accesses/${id}/allow`, { level: 'read', hours: 1 })).body.code).toBe('identity.support_access_not_found');
    }
    const often = await ask(who);
    expect([often.status, often.body.code]).toEqual([429, 'identity.support_asked_often']);
    expect((await mails(who.email)).map(({ subject }) => subject).every((subject) => subject.includes('does not let support in'))).toBe(true);
  });

  test('that one administrator refuses while another allows it is refused to both of them', async () => {
    const { id } = (await ask(await operator())).body;
    const client = await adminHere();
    const refusing = await bed.owner.connect();
    await refusing.query('begin');
    await refusing.query("update identity.support_access set state = 'refused', decided_at = now() where id = $1", [id]);
    const allowing = client.post(`support-accesses/${id}/allow`, { level: 'read', hours: 1 });
    await expect.poll(async () => (await bed.owner.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(1);
    await refusing.query('commit');
    refusing.release();
    expect((await allowing).body.code).toBe('identity.support_access_not_found');
    expect((await client.get('support-accesses')).body.data).toMatchObject([{ id, state: 'refused', alive: false }]);
  });

  test('is one question at a time, and lapses after a week', async () => {
    const [who, other] = [await operator(), await operator()];
    const first = (await ask(who)).body;
    expect((await ask(who, { level: 'read', reason: 'Only looking' })).body).toMatchObject({ id: first.id, level: 'read', reason: 'Only looking' });
    expect((await ask(other)).body.code).toBe('identity.support_requested');
    bed.clock.advance(7 * 24 * hour + 1000);
    expect((await (await adminHere()).post(`support-accesses/${first.id}/allow`, { level: 'read', hours: 1 })).body.code).toBe('identity.support_access_not_found');
    expect((await (await adminNow()).get('support-accesses')).body.data.map(({ state }: { state: string }) => state)).toEqual(['lapsed']);
    expect((await ask(await operator())).status).toBe(201);
  });

  test('of an organisation that is paused, or of none, is refused', async () => {
    const who = await operator();
    expect((await who.client.get('operator/tenants/00000000-0000-4000-8000-000000000000/support')).status).toBe(404);
    await who.client.post(`operator/tenants/${place.tenant.id}/suspend`, { reason: 'Test' });
    expect((await ask(who)).body.code).toBe('identity.support_tenant_closed');
  });

  test('another organisation’s request is not to be decided here', async () => {
    const { id } = (await ask(await operator())).body;
    const elsewhere = await bed.tenant();
    const stranger = await elsewhere.browse(await elsewhere.person('admin'));
    for (const [verb, body] of [['allow', { level: 'read', hours: 1 }], ['refuse', undefined], ['end', undefined]] as const) {
      expect((await stranger.post(`support-accesses/${id}/${verb}`, body)).body.code).toBe('identity.support_access_not_found');
    }
  });
});

test('at once granted twice, one access stands', async () => {
  const client = await adminHere();
  const answers = await Promise.all([1, 24, 168].map((hours) => client.post('support-accesses', { level: 'read', hours })));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect((await client.get('support-accesses')).body.data.filter(({ alive }: { alive: boolean }) => alive)).toHaveLength(1);
});

test('who signed in by password alone cannot sign in as support either', async () => {
  const who = await operator();
  const answer = await place.visitor.post('tokens', { email: who.email, password: testPassword });
  expect(answer.status).toBeGreaterThanOrEqual(400);
});
