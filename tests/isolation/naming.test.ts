/** Names of two tenants in one request: nothing is told, and both tenants can read in their audit logs who knocked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { baseHost, cookiesOf, createTestBed, makeClient, testPassword, type Client, type Person, type TestBed, type TestTenant } from '../../packages/testkit/index.ts';
import { boundless } from './fixture.ts';

const ownDomain = 'aprende.example';
let bed: TestBed;
let here: TestTenant;
let there: TestTenant;
let person: Person;
/** The person's own, on the host that is asked: on another it is a stranger's. */
const sessions = new Map<string, string>();
beforeAll(async () => {
  let published = '';
  bed = await createTestBed({ rateLimiter: boundless, verifier: { txtRecords: async () => [published], placesOf: async () => null } });
  [here, there] = [await bed.tenant('academy'), await bed.tenant('academy')];
  person = await here.person('learner');
  const operator = await bed.operator();
  const domains = `operator/tenants/${here.tenant.id}/domains`;
  published = (await operator.post(domains, { host: ownDomain })).body.record.value;
  await operator.post(`${domains}/${ownDomain}/verify`);
  bed.application.directory.forget();
  for (const host of [here.host, ownDomain, baseHost]) {
    const signedIn = await at(host).post('sessions', { email: person.email, password: testPassword }, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });
    sessions.set(host, cookiesOf(signedIn.headers['set-cookie']));
  }
});
afterAll(() => bed?.close());
beforeEach(() => bed.owner.query('delete from kernel.audit_entry'));

const at = (host: string, headers: Record<string, string> = {}): Client => makeClient(bed.port, host, headers);
const bearer = () => ({ authorization: `Bearer ${person.token}` });
const header = (tenant: TestTenant) => ({ 'x-tenant-id': tenant.tenant.id });
const inPath = (tenant: TestTenant) => `tenants/${tenant.tenant.id}/courses`;
/** The entry is written beside the answer, so it is asked for until it is there. */
const refusals = async (tenant: TestTenant) => (await bed.owner.query<{ account_id: string; action: string; outcome: string }>('select account_id, action, outcome from kernel.audit_entry where tenant_id = $1', [tenant.tenant.id])).rows;

const disagreements: Record<string, (as: (host: string) => Record<string, string>) => Promise<{ status: number; body: any }>> = {
  'subdomain and X-Tenant-ID': (as) => at(here.host, as(here.host)).get('courses', header(there)),
  'subdomain and path': (as) => at(here.host, as(here.host)).get(inPath(there)),
  'own domain and X-Tenant-ID': (as) => at(ownDomain, as(ownDomain)).get('courses', header(there)),
  'own domain and path': (as) => at(ownDomain, as(ownDomain)).get(inPath(there)),
  'X-Tenant-ID and path': (as) => at(baseHost, as(baseHost)).get(inPath(there), header(here)),
};
const withToken: typeof disagreements = {
  'subdomain and token': () => at(there.host, bearer()).get('courses'),
  'X-Tenant-ID and token': () => at(baseHost, bearer()).get('courses', header(there)),
  'path and token': () => at(baseHost, bearer()).get(inPath(there)),
  'own domain and another’s token': async () => at(ownDomain, { authorization: `Bearer ${(await there.join(person, 'learner')).token}` }).get('courses'),
};

describe.each([...Object.entries(disagreements).flatMap(([name, ask]) => [[`${name}, with a session`, () => ask((host) => ({ cookie: sessions.get(host) ?? '' }))], [`${name}, with a token`, () => ask(bearer)]] as const), ...Object.entries(withToken).map(([name, ask]) => [name, () => ask(() => ({}))] as const)])('%s', (_, ask) => {
  test('is nowhere, and is written down in both', async () => {
    const { status, body } = await ask();
    expect([status, body.code]).toEqual([404, 'kernel.tenant_not_found']);
    for (const tenant of [here, there]) await expect.poll(() => refusals(tenant), { interval: 5 }).toContainEqual({ account_id: person.accountId, action: 'kernel.resolveTenant', outcome: 'refused' });
  });
});

test.each(Object.entries(disagreements))('%s, of nobody who is signed in, is nowhere and leaves no trace', async (_, ask) => {
  expect((await ask(() => ({}))).status).toBe(404);
  expect(await refusals(there)).toEqual([]);
});

test('the own domain leads to its tenant', async () => expect((await at(ownDomain, bearer()).get('membership')).body).toMatchObject({ id: person.memberId }));
