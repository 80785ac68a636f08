/** A session is good on the host on which it was made (decision 25): whoever collects cookies on one host has nothing with them on another. */
import { baseHost, cookiesOf, createTestBed, testPassword, type Client, type Person, type TestBed, type TestTenant } from '@milpa/testkit';
import { makeOperator } from '@milpa/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const domain = 'aula.example';
let bed: TestBed;
let here: TestTenant;
let there: TestTenant;
/** A member of both organisations, who runs the installation too. */
let person: Person;
beforeAll(async () => {
  bed = await createTestBed();
  [here, there] = [await bed.tenant(), await bed.tenant()];
  person = await here.person('admin');
  await there.join(person, 'admin');
  await makeOperator(bed.application.database, person.accountId);
  await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ($1, $2, 'aaaaaaaaaaaaaaaaaaaaaaaa', now())", [domain, here.tenant.id]);
  bed.application.directory.forget();
});
afterAll(() => bed.close());

const at = (host: string, cookie?: string): Client => bed.client(host).with({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) });
async function signInAt(host: string): Promise<string> {
  const answer = await at(host).post('sessions', { email: person.email, password: testPassword });
  expect(answer.status, answer.text).toBe(200);
  return cookiesOf(answer.headers['set-cookie']);
}
const allHosts = () => [domain, here.host, there.host, baseHost];

test('on its own host it is somebody’s; on every other, and again, a stranger’s', async () => {
  for (const own of allHosts()) {
    const cookie = await signInAt(own);
    for (const other of [...allHosts(), ...allHosts()].filter((host) => host !== own)) {
      expect((await at(other, cookie).get('account')).status, `${own} → ${other}`).toBe(401);
    }
    expect((await at(own, cookie).get('account')).body, own).toMatchObject({ email: person.email });
  }
  expect((await at(domain.toUpperCase(), await signInAt(domain)).get('account')).status, 'the same host, written otherwise').toBe(200);
});

test('what a domain collects opens neither the organisation’s subdomain, nor the account’s other organisation, nor the operator’s pages', async () => {
  const cookie = await signInAt(domain);
  expect((await at(domain, cookie).get('members')).status).toBe(200);
  expect((await at(here.host, cookie).get('members')).status).toBe(401);
  expect((await at(there.host, cookie).get('members')).status).toBe(401);
  expect((await at(baseHost, cookie).get('operator/tenants')).status).toBe(401);
  for (const { tenant } of [here, there]) {
    expect((await at(baseHost, cookie).get('members', { 'x-tenant-id': tenant.id })).status).toBe(401);
    expect((await at(baseHost, cookie).get(`tenants/${tenant.id}/courses`)).body).not.toHaveProperty('abilities.create', true);
  }
  expect((await at(there.host, cookie).put('account/password', { newPassword: 'una calabaza en la milpa' })).status).toBe(401);
});

test('a port that is none is the sender’s mistake, not ours', async () => {
  const wrong = at(`${here.host.replace(/:\d+$/, '')}:99999`);
  for (const answer of [await wrong.post('sessions', { email: person.email, password: testPassword }), await wrong.with({ cookie: await signInAt(here.host) }).get('account')]) {
    expect(answer).toMatchObject({ status: 400, body: { code: 'kernel.malformed_request' } });
  }
});

test('signing out elsewhere with it does not end it', async () => {
  const cookie = await signInAt(domain);
  expect((await at(there.host, cookie).delete('sessions/current')).status).toBe(204);
  expect((await at(domain, cookie).get('account')).status).toBe(200);
  expect((await at(domain, cookie).delete('sessions/current')).status).toBe(204);
  expect((await at(domain, cookie).get('account')).status).toBe(401);
});

test('the account sees and ends its sessions of all hosts from each of them', async () => {
  const [onDomain, onBase] = [await signInAt(domain), await signInAt(baseHost)];
  const { sessionId } = (await at(domain, onDomain).get('account')).body;
  expect((await at(baseHost, onBase).get('account/sessions')).body.data).toContainEqual(expect.objectContaining({ id: sessionId, host: domain, current: false }));
  expect((await at(baseHost, onBase).delete(`account/sessions/${sessionId}`)).status).toBe(204);
  expect((await at(domain, onDomain).get('account')).status).toBe(401);
});

describe('tokens', () => {
  test('go by the organisation, as ever: good on each of its names, and nowhere else', async () => {
    const { accessToken, refreshToken } = (await at(here.host).post('tokens', { email: person.email, password: testPassword })).body;
    const authorization = `Bearer ${accessToken}`;
    for (const host of [here.host, domain, baseHost]) expect((await bed.client(host).get('membership', { authorization })).body, host).toMatchObject({ id: person.memberId });
    expect((await bed.client(there.host).get('membership', { authorization })).status).toBe(404);
    expect((await at(there.host).post('tokens/refresh', { refreshToken })).status).toBe(401);
    expect((await at(domain).post('tokens/refresh', { refreshToken })).status).toBe(201);
  });
});

test('a domain that is removed takes its sessions with it, and the tokens made from them', async () => {
  const host = 'clase.example';
  await bed.owner.query("insert into tenancy_control.domain (host, tenant_id, token, verified_at) values ($1, $2, 'bbbbbbbbbbbbbbbbbbbbbbbb', now())", [host, here.tenant.id]);
  bed.application.directory.forget();
  const [there1, kept] = [await signInAt(host), await signInAt(here.host)];
  const { accessToken, refreshToken } = (await at(host, there1).post('tokens', {})).body;
  const bearing = () => bed.client(here.host).with({ authorization: `Bearer ${accessToken}` });
  expect((await bearing().get('membership')).status).toBe(200);
  expect((await at(here.host, kept).delete(`settings/domains/${host}`)).status).toBe(204);
  expect((await bearing().get('membership')).status).toBe(401);
  expect((await bed.client(here.host).post('tokens/refresh', { refreshToken })).body.code).toBe('identity.token_invalid');
  expect((await at(here.host, kept).get('account')).status).toBe(200);
  expect((await at(here.host, kept).get('account/sessions')).body.data.map((session: { host: string }) => session.host)).not.toContain(host);
});
