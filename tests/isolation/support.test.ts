/** Support walks through every endpoint, the day it is registered: let in to look it changes nothing, and what is the people's own it never has. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf, makeClient, type Client } from '../../packages/testkit/index.ts';
import { requestFor, rowsOf } from '../../packages/testkit/endpoints.ts';
import type { AnyEndpoint } from '../../packages/kernel/contract.ts';
import { makeScene, type Scene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => { scene = await makeScene(); }, 120_000);
afterAll(() => scene?.bed.close());

/** An operator inside tenant A. */
async function letIn(level: 'read' | 'change'): Promise<Client> {
  const { bed, a, browser } = scene;
  const operator = await bed.operator();
  const { id } = (await operator.get('account')).body;
  await bed.owner.query('update identity_control.account set two_factor_enabled = true where id = $1', [id]);
  await browser.post('support-accesses', { level, hours: 1 });
  const at = makeClient(bed.port, a.host, { origin: `http://${a.host}`, 'sec-fetch-site': 'same-origin' });
  const begun = await at.post('support-sessions/preparation');
  const { url } = (await operator.post(`operator/tenants/${a.tenant.id}/support-codes`, { challenge: new URL(begun.body.url).searchParams.get('challenge') })).body;
  const entered = await at.post('support-sessions', { code: new URL(url).searchParams.get('code') }, { cookie: cookiesOf(begun.headers['set-cookie']) });
  if (entered.status !== 201) throw new Error(`Support could not enter: ${entered.status} ${entered.text}`);
  return at.with({ cookie: cookiesOf(entered.headers['set-cookie']) });
}

/** Each endpoint with the real ids of A, and what it answered; leaving would be the last. */
async function* walk(support: Client) {
  for (const { endpoint } of scene.bed.application.api.routes) {
    // The operator's endpoints are on another host, for another session.
    if (endpoint.id === 'identity.leaveSupport' || (typeof endpoint.access === 'object' && 'operator' in endpoint.access)) continue;
    const asked = requestOf(endpoint);
    if (asked) yield { endpoint, path: asked.path, answer: await support.ask(`/api/v1${asked.path}`, { method: endpoint.method, ...asked }) };
  }
}

/** Null for what the fixture has no words for: the walk of strangers asks for those. */
function requestOf(endpoint: AnyEndpoint) {
  try {
    return requestFor(endpoint, { token: 'a-guess', refreshToken: 'a-guess', ...scene.words, password: 'a wrong password', currentPassword: 'a wrong password' });
  } catch {
    return null;
  }
}

test('let in to look, it changes no row', async () => {
  const support = await letIn('read');
  const before = await rowsOf(scene.bed.owner, scene.victim);
  const faults: string[] = [];
  let read = 0;
  for await (const { endpoint, path, answer } of walk(support)) {
    if (answer.status >= 500) faults.push(`${endpoint.id}: ${answer.status}`);
    if (endpoint.method !== 'GET' && typeof endpoint.access === 'string' && answer.status < 300) faults.push(`${endpoint.method} ${path} was taken`);
    if (endpoint.method === 'GET' && typeof endpoint.access === 'string' && answer.status === 200) read += 1;
  }
  expect(faults).toEqual([]);
  // Looking works, or there would be nothing to prove.
  expect(read).toBeGreaterThan(25);
  const after = await rowsOf(scene.bed.owner, scene.victim);
  expect([...after.keys()].filter((row) => !before.has(row))).toEqual([]);
  expect(after.size).toBe(before.size);
}, 120_000);

test('let in to change, it still does nothing in the name of people, takes nothing out, and hands on no rights', async () => {
  const support = await letIn('change');
  const faults: string[] = [];
  const people = await membersAndRoles();
  for await (const { endpoint, path, answer } of walk(support)) {
    const taken = answer.status < 300;
    if (answer.status >= 500) faults.push(`${endpoint.id}: ${answer.status} ${answer.text.slice(0, 200)}`);
    if (taken && /export/i.test(endpoint.id) && !/\.list/.test(endpoint.id)) faults.push(`${path} takes data out`);
    if (taken && typeof endpoint.access === 'string' && /^(message|note|role:update|member:update|invitation:create|profile|support|tenant:(delete|export))/.test(endpoint.access)) faults.push(`${endpoint.method} ${path} needs ${endpoint.access}`);
    if (taken && typeof endpoint.access === 'object' && 'account' in endpoint.access && !(endpoint.support && 'open' in endpoint.support)) faults.push(`${path} is for accounts`);
  }
  expect(faults).toEqual([]);
  expect(await membersAndRoles()).toEqual(people);
}, 120_000);

const membersAndRoles = async () => (await scene.bed.owner.query(
  `select to_jsonb(m) as row from identity.member m where tenant_id = $1 union all select to_jsonb(r) from identity.role r where tenant_id = $1 union all select to_jsonb(h) from identity.member_role h where tenant_id = $1
   union all select to_jsonb(i) from identity.invitation i where tenant_id = $1 order by 1`, [scene.a.tenant.id])).rows;

test('in another organisation it is nobody', async () => {
  const support = await letIn('change');
  expect((await support.get('members', { 'x-tenant-id': scene.b.tenant.id })).status).toBe(404);
  expect((await support.get(`/api/v1/tenants/${scene.b.tenant.id}/members`)).status).toBe(404);
  expect((await support.with({ host: scene.b.host }).get('members')).body.code).toBe('identity.support_ended');
});

test('modules give support only what they declare, and none of what is somebody’s own', () => {
  const { modules } = scene.bed.application;
  for (const { name, permissions, supportPermissions = [] } of modules) {
    expect(supportPermissions.filter((permission) => !permissions.includes(permission)), name).toEqual([]);
    expect(supportPermissions.filter((permission) => /:own$|^(message|note|review|profile|progress)|^(role|member|invitation):(?!read)|^support|:(delete|export)$/.test(permission)), name).toEqual([]);
  }
});
