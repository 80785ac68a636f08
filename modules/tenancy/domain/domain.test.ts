import { randomUUID } from 'node:crypto';
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let bed: TestBed;
let operator: Client;
let here: TestTenant;
let there: TestTenant;
/** What the world's name servers say. */
const published = new Map<string, string[] | null>();
/** Where names lead. */
const places = new Map<string, { aliases: string[]; addresses: string[] }>();
let meanwhile: (() => Promise<unknown>) | undefined;
const options = { poolSize: 4, verifier: {
  txtRecords: async (name: string) => { await meanwhile?.(); const texts = published.get(name); return texts === undefined ? [] : texts; },
  placesOf: async (host: string) => places.get(host) ?? { aliases: [], addresses: [] },
} };
beforeAll(async () => {
  bed = await createTestBed(options);
  [operator, here, there] = await Promise.all([bed.operator(), bed.tenant('academy'), bed.tenant('academy')]);
});
afterAll(() => bed.close());

const newHost = () => `d-${randomUUID().slice(0, 8)}.example`;
const domains = ({ tenant }: TestTenant) => `operator/tenants/${tenant.id}/domains`;
const status = async (host: string) => (await bed.client(host).get('courses')).status;

test('a domain leads to its tenant once its owner has published the token', async () => {
  const host = newHost();
  const added = await operator.post(domains(here), { host: host.toUpperCase() });
  expect(added.body).toMatchObject({ host, verifiedAt: null, record: { name: `_milpa.${host}` } });
  expect(await status(host)).toBe(404);

  const early = await operator.post(`${domains(here)}/${host}/verify`);
  expect([early.status, early.body.code]).toEqual([409, 'tenancy.domain_unproven']);
  published.set(`_milpa.${host}`, ['v=spf1 -all', 'another token']);
  expect((await operator.post(`${domains(here)}/${host}/verify`)).body.code).toBe('tenancy.domain_unproven');

  published.set(`_milpa.${host}`, ['v=spf1 -all', added.body.record.value]);
  const verified = await operator.post(`${domains(here)}/${host}/verify`);
  expect(verified.body.verifiedAt).not.toBeNull();
  expect(await status(host)).toBe(200);
  expect((await operator.post(`${domains(here)}/${host}/verify`)).body).toEqual(verified.body);
});

test('added again it keeps its token; whoever proves it first has it, and whoever has not cannot', async () => {
  const host = newHost();
  const first = await operator.post(domains(here), { host });
  expect((await operator.post(domains(here), { host })).body.record).toEqual(first.body.record);
  const other = await operator.post(domains(there), { host });
  expect(other.status).toBe(201);
  expect(other.body.record.value).not.toBe(first.body.record.value);

  published.set(`_milpa.${host}`, [other.body.record.value]);
  expect((await operator.post(`${domains(here)}/${host}/verify`)).body.code).toBe('tenancy.domain_unproven');
  expect((await operator.post(`${domains(there)}/${host}/verify`)).status).toBe(200);
  // Both tokens are published now: the one that counts already goes on counting.
  published.set(`_milpa.${host}`, [first.body.record.value, other.body.record.value]);
  expect(await operator.post(`${domains(here)}/${host}/verify`)).toMatchObject({ status: 409, body: { code: 'tenancy.domain_taken' } });
  expect(await operator.post(domains(here), { host })).toMatchObject({ status: 409, body: { code: 'tenancy.domain_taken' } });
  expect((await bed.client(host).get('settings')).status).toBe(401);
  expect((await bed.owner.query('select tenant_id from tenancy_control.domain where host = $1 and verified_at is not null', [host])).rows).toEqual([{ tenant_id: there.tenant.id }]);
});

test('removed, it leads nowhere, and another may have it', async () => {
  const host = newHost();
  const { body } = await operator.post(domains(here), { host });
  published.set(`_milpa.${host}`, [body.record.value]);
  await operator.post(`${domains(here)}/${host}/verify`);
  expect(await status(host)).toBe(200);
  expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(204);
  expect(await status(host)).toBe(404);
  expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(404);
  expect((await operator.post(domains(there), { host })).status).toBe(201);
});

test('name servers that think for long hold no connection; removed meanwhile, it is not verified', async () => {
  const host = newHost();
  const { body } = await operator.post(domains(here), { host });
  published.set(`_milpa.${host}`, [body.record.value]);
  meanwhile = async () => {
    const { rows } = await bed.owner.query("select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
    expect(rows).toEqual([]);
    expect((await operator.delete(`${domains(here)}/${host}`)).status).toBe(204);
    expect((await operator.post(domains(there), { host })).status).toBe(201);
  };
  const answer = await operator.post(`${domains(here)}/${host}/verify`);
  meanwhile = undefined;
  expect([answer.status, answer.body.code]).toEqual([404, 'tenancy.domain_not_found']);
  expect((await operator.get(domains(there))).body.data).toContainEqual(expect.objectContaining({ host, verifiedAt: null }));
});

test('a name in another script is kept as name servers know it', async () => {
  expect((await operator.post(domains(here), { host: 'مدرسة.مصر' })).body.host).toMatch(/^xn--\w+\.xn--wgbh1c$/);
});

test.each(['milpa.test', 'other.milpa.test', '10.0.0.1', 'localhost', 'a b.example'])('%s is no domain of their own', async (host) => {
  const answer = await operator.post(domains(here), { host });
  expect([answer.status, answer.body.code]).toEqual([422, 'tenancy.domain_invalid']);
});

describe('the administrators of a tenant', () => {
  let admin: Client;
  let place: TestTenant;
  beforeEach(async () => {
    place = await bed.tenant('academy');
    admin = await place.browse(await place.person('admin'));
  });
  const claim = async (host: string) => (await admin.post('settings/domains', { host })).body;
  const prove = (domain: { host: string; record: { name: string; value: string } }) => published.set(domain.record.name, [domain.record.value]);
  const check = async (host: string) => (await admin.post(`settings/domains/${host}/check`)).body;
  const later = async (days: number) => {
    bed.clock.advance(days * 86_400_000);
    admin = await place.browse(await place.person('admin'));
    await bed.owner.query("select kernel.add_job('tenancy.watchDomains', '{}', null, null, 1)");
    await bed.runJobs();
  };
  const mails = async () => (await bed.owner.query<{ subject: string }>('select subject from kernel_control.mail order by created_at, subject')).rows.map(({ subject }) => subject);
  const own = async () => (await admin.get('settings/domains')).body.data;

  test('add a domain and hear what was found instead', async () => {
    const host = newHost();
    places.set(host, { aliases: [], addresses: ['198.51.100.7'] });
    published.set(host, ['v=spf1 -all']);
    const domain = await claim(host);
    expect(domain).toMatchObject({ host, verifiedAt: null, primary: false, arrives: false, target: { alias: `${place.tenant.slug}.milpa.test` }, found: { texts: [], elsewhere: null, addresses: ['198.51.100.7'] }, expiresAt: expect.any(String) });
    bed.clock.advance(10_000);
    published.set(`_milpa.${host}`, ['something else']);
    published.set(host, [domain.record.value]);
    expect(await check(host)).toMatchObject({ verifiedAt: null, found: { texts: ['something else'], elsewhere: host } });
    bed.clock.advance(10_000);
    published.set(`_milpa.${host}`, null);
    expect(await check(host)).toMatchObject({ verifiedAt: null, found: null, checkedAt: expect.any(String) });
    bed.clock.advance(10_000);
    prove(domain);
    places.set(host, { aliases: [`${place.tenant.slug}.milpa.test`], addresses: ['203.0.113.5'] });
    expect(await check(host)).toMatchObject({ verifiedAt: expect.any(String), arrives: true, expiresAt: null });
    expect(await status(host)).toBe(200);
  });

  test('are not told of the network that the server stands in', async () => {
    const host = newHost();
    places.set(host, { aliases: ['db.inside.example'], addresses: ['10.0.0.7'] });
    expect((await claim(host)).found).toMatchObject({ aliases: [], addresses: [] });
  });

  test('choose one to which the other addresses lead, and mails with them', async () => {
    const host = newHost();
    const domain = await claim(host);
    expect((await admin.put('settings/primary-domain', { host })).body.code).toBe('tenancy.domain_not_ready');
    bed.clock.advance(10_000);
    prove(domain);
    await check(host);
    expect((await admin.put('settings/primary-domain', { host })).body.code).toBe('tenancy.domain_not_ready');
    bed.clock.advance(10_000);
    places.set(host, { aliases: [`${place.tenant.slug}.milpa.test`], addresses: [] });
    await check(host);
    expect((await admin.put('settings/primary-domain', { host })).body.data).toMatchObject([{ host, primary: true }]);
    const tenant = await bed.application.directory.byId(place.tenant.id);
    expect(bed.application.originOf(tenant!)).toBe(`http://${host}`);
    expect((await admin.delete(`settings/domains/${host}`)).status).toBe(204);
    expect((await bed.application.directory.byId(place.tenant.id))!.primaryHost).toBeNull();
    expect((await admin.put('settings/primary-domain', { host })).status).toBe(404);
    expect((await admin.put('settings/primary-domain', { host: null })).body.data).toEqual([]);
  });

  test('choose a domain for pages, not for what opens accounts: a link for a new password leads to the installation’s own name', async () => {
    const host = newHost();
    places.set(host, { aliases: [`${place.tenant.slug}.milpa.test`], addresses: [] });
    prove(await claim(host));
    bed.clock.advance(10_000);
    await check(host);
    await admin.put('settings/primary-domain', { host });
    const [victim, elsewhere] = [await there.person('admin'), await there.person('learner')];
    const linkIn = async (email: string) => {
      await bed.runJobs();
      const { rows: [mail] } = await bed.owner.query<{ body: string }>('select body from kernel_control.mail where recipient = $1 order by created_at desc, id desc limit 1', [email]);
      return new URL(/http\S+\?token=\S+/.exec(mail!.body)![0]).host;
    };
    const linkFor = async ({ email }: { email: string }, by: string) => {
      expect((await bed.client(by).with({ origin: `http://${by}`, 'sec-fetch-site': 'same-origin' }).post('password-resets', { email })).status).toBeLessThan(300);
      return linkIn(email);
    };
    expect(await linkFor(victim, host)).toBe(place.host);
    expect(await linkFor(elsewhere, there.host)).toBe(there.host);

    // With an invitation somebody new opens an account; who has one must sign in to it besides.
    const roleId = (await admin.get('roles')).body.data.find(({ key }: { key: string }) => key === 'learner').id;
    const newcomer = `new-${randomUUID()}@example.test`;
    await there.visitor.post('accounts', { email: newcomer, name: 'Somebody', password: 'tres hermanas en el campo' });
    await bed.runJobs();
    for (const email of [newcomer, elsewhere.email]) expect((await admin.post('invitations', { email, roleIds: [roleId] })).status).toBe(201);
    expect([await linkIn(newcomer), await linkIn(elsewhere.email)]).toEqual([place.host, host]);
  });

  test('choose none that stops at the same moment', async () => {
    const host = newHost();
    places.set(host, { aliases: [`${place.tenant.slug}.milpa.test`], addresses: [] });
    prove(await claim(host));
    bed.clock.advance(10_000);
    await check(host);
    const stopping = await bed.owner.connect();
    await stopping.query('begin');
    await stopping.query('select from tenancy_control.domain where host = $1 for update', [host]);
    await stopping.query('update tenancy_control.domain set verified_at = null where host = $1', [host]);
    const choosing = admin.put('settings/primary-domain', { host });
    await expect.poll(async () => (await bed.owner.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(1);
    await stopping.query('commit');
    stopping.release();
    expect((await choosing).body.code).toBe('tenancy.domain_not_ready');
    expect((await bed.application.directory.byId(place.tenant.id))!.primaryHost).toBeNull();
  });

  test('need not press anything: a domain that is proved counts by itself, and they are told once', async () => {
    const host = newHost();
    const domain = await claim(host);
    prove(domain);
    await later(1);
    expect(await own()).toMatchObject([{ host, verifiedAt: expect.any(String) }]);
    expect((await mails()).filter((subject) => subject.includes(host)).length).toBe(2);
    await later(2);
    expect((await mails()).filter((subject) => subject.includes(host)).length).toBe(2);
  });

  test('have two weeks to prove it', async () => {
    const host = newHost();
    await claim(host);
    await later(13);
    expect(await own()).toMatchObject([{ host, verifiedAt: null }]);
    expect((await mails()).filter((subject) => subject.includes(host))).toEqual([]);
    const learner = await place.person('learner');
    await later(2);
    expect(await own()).toEqual([]);
    const told = async () => (await bed.owner.query<{ recipient: string; subject: string; body: string }>('select recipient, subject, body from kernel_control.mail where subject like $1', [`%${host}%`])).rows;
    const administrators = (await bed.owner.query<{ email: string }>("select email from identity.member where tenant_id = $1 and email like 'admin-%'", [place.tenant.id])).rows.map(({ email }) => email);
    expect((await told()).map(({ recipient }) => recipient).toSorted()).toEqual(administrators.toSorted());
    expect((await told())[0]).toMatchObject({ subject: `${host} was not added`, body: expect.stringContaining(`_milpa.${host}`) });
    expect((await told()).map(({ recipient }) => recipient)).not.toContain(learner.email);
    // Told once.
    await later(1);
    expect(await told()).toHaveLength(administrators.length);
  });

  test('hear nothing of a claim that they took back, or that is proved at the last look', async () => {
    const [proved, removed] = [await claim(newHost()), await claim(newHost())];
    await admin.delete(`settings/domains/${removed.host}`);
    bed.clock.advance(14 * 86_400_000 - 3_600_000);
    prove(proved);
    await later(1 / 12);
    expect(await own()).toMatchObject([{ host: proved.host, verifiedAt: expect.any(String) }]);
    expect((await mails()).filter((subject) => subject.includes('was not added') && (subject.includes(proved.host) || subject.includes(removed.host)))).toEqual([]);
  });

  test('are told before a domain stops whose proof is gone; silence of name servers stops nothing', async () => {
    const host = newHost();
    const domain = await claim(host);
    bed.clock.advance(10_000);
    prove(domain);
    places.set(host, { aliases: [`${place.tenant.slug}.milpa.test`], addresses: [] });
    await check(host);
    await admin.put('settings/primary-domain', { host });

    published.set(domain.record.name, null);
    await later(20);
    expect(await own()).toMatchObject([{ verifiedAt: expect.any(String), stopsAt: null }]);
    published.set(domain.record.name, []);
    await later(1);
    expect(await own()).toMatchObject([{ verifiedAt: expect.any(String), primary: true, stopsAt: expect.any(String) }]);
    expect(await status(host)).toBe(200);
    await later(8);
    expect(await own()).toMatchObject([{ verifiedAt: null, primary: false, stopsAt: null }]);
    expect(await status(host)).toBe(404);
    expect((await bed.application.directory.byId(place.tenant.id))!.primaryHost).toBeNull();
    const subjects = (await mails()).filter((subject) => subject.includes(host));
    expect(subjects.some((subject) => subject.includes('will stop working'))).toBe(true);
    expect(subjects.some((subject) => subject.includes('no longer leads'))).toBe(true);
    published.set(domain.record.name, [domain.record.value]);
    await later(1);
    expect(await own()).toMatchObject([{ verifiedAt: expect.any(String), primary: false }]);
  });

  test('have ten at most; people with less, and other tenants, have nothing to do with them', async () => {
    const host = newHost();
    await claim(host);
    const stranger = await there.browse(await there.person('admin'));
    expect((await stranger.post(`settings/domains/${host}/check`)).body.code).toBe('tenancy.domain_not_found');
    expect((await stranger.delete(`settings/domains/${host}`)).status).toBe(404);
    const learner = (await place.person('learner')).client;
    for (const answer of [await learner.get('settings/domains'), await learner.post('settings/domains', { host }), await learner.delete(`settings/domains/${host}`), await learner.put('settings/primary-domain', { host: null })]) expect([403, 404]).toContain(answer.status);
    for (let n = 1; n < 10; n++) expect((await admin.post('settings/domains', { host: newHost() })).status).toBe(201);
    expect((await admin.post('settings/domains', { host: newHost() })).body.code).toBe('tenancy.domains_full');
    expect((await admin.post('settings/domains', { host })).status).toBe(201);
    expect((await admin.post('settings/domains', { host: `${place.tenant.slug}.milpa.test` })).body.code).toBe('tenancy.domain_invalid');
  });
});

describe('the operator’s way, for a tenant’s administrator,', () => {
  test.each([['GET', ''], ['POST', ''], ['POST', '/any.example/verify'], ['DELETE', '/any.example']])('%s domains%s is not there', async (method, rest) => {
    const { client } = await here.person('admin');
    expect((await client.ask(`${domains(here)}${rest}`, { method, body: { host: 'any.example' } })).status).toBe(404);
    expect((await bed.owner.query("select from tenancy_control.domain where host = 'any.example'")).rowCount).toBe(0);
  });
});
