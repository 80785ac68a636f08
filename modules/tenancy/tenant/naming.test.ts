/** The five ways of naming a tenant: subdomain, own domain, `X-Tenant-ID`, path, token. All that are used must agree. */
import { createTestBed, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { add, verify } from '../domain/domain.ts';

let bed: TestBed;
let here: TestTenant;
let there: TestTenant;
let token: Client;
let memberId: string;
const ownDomain = { here: 'aprende.example', there: 'learn.example' };

beforeAll(async () => {
  bed = await createTestBed();
  [here, there] = await Promise.all([bed.tenant('academy'), bed.tenant('academy')]);
  const person = await here.person('admin');
  token = person.client;
  memberId = person.memberId;
  const { database } = bed.application;
  for (const [host, { tenant }] of [[ownDomain.here, here], [ownDomain.there, there]] as const) {
    const added = await database.withControl((tx) => add(tx, 'milpa.test', tenant.id, host));
    await verify({ database, baseHost: 'milpa.test', verifier: { txtRecords: async () => [added.token], placesOf: async () => null }, endSessionsAt: async () => {} }, added);
  }
  bed.application.directory.forget();
});
afterAll(() => bed.close());

type Which = 'here' | 'there';
interface Names { subdomain?: Which; domain?: Which; header?: Which; path?: Which; token?: 'here' }
const tenantOf = (which: Which) => (which === 'here' ? here : there);

/** Asks for this tenant's member, naming tenants in those ways. */
function ask(names: Names) {
  const host = names.subdomain ? tenantOf(names.subdomain).host : names.domain ? ownDomain[names.domain] : 'milpa.test';
  const path = names.path ? `tenants/${tenantOf(names.path).tenant.id}/membership` : 'membership';
  const headers: Record<string, string> = { host };
  if (names.header) headers['x-tenant-id'] = tenantOf(names.header).tenant.id;
  return (names.token ? token : bed.client(host)).get(path, headers);
}

const ways = ['subdomain', 'domain', 'header', 'path'] as const;
const pairs = ways.flatMap((one, index) => ways.slice(index + 1).map((other) => [one, other] as const)).filter(([one, other]) => !(one === 'subdomain' && other === 'domain'));

describe('in agreement', () => {
  test('the token alone names the tenant', async () => expect((await ask({ token: 'here' })).body).toMatchObject({ id: memberId }));
  test.each(ways)('%s and token', async (way) => expect((await ask({ [way]: 'here', token: 'here' })).body).toMatchObject({ id: memberId }));
  test.each(pairs)('%s, %s and token', async (one, other) => expect((await ask({ [one]: 'here', [other]: 'here', token: 'here' })).body).toMatchObject({ id: memberId }));
  test.each(ways)('%s without credentials asks for them', async (way) => expect((await ask({ [way]: 'here' })).status).toBe(401));
});

describe('in disagreement', () => {
  test.each(ways)('%s and token', async (way) => expectNothing(await ask({ [way]: 'there', token: 'here' })));
  test.each(pairs)('%s and %s', async (one, other) => expectNothing(await ask({ [one]: 'here', [other]: 'there' })));
  test.each(pairs)('%s with the token, %s without', async (one, other) => expectNothing(await ask({ [one]: 'here', [other]: 'there', token: 'here' })));
  test.each(pairs)('%s against the token, %s with it', async (one, other) => expectNothing(await ask({ [one]: 'there', [other]: 'here', token: 'here' })));

  test('is written down where the intruder knocked', async () => {
    await ask({ header: 'there', token: 'here' });
    const { rows } = await bed.owner.query("select distinct outcome, action from kernel.audit_entry where tenant_id = $1 and outcome = 'refused'", [there.tenant.id]);
    expect(rows).toEqual([{ outcome: 'refused', action: 'kernel.resolveTenant' }]);
  });
});

test.each(['00000000-0000-0000-0000-000000000000', 'academy', ''])('an unknown tenant "%s" in the header is not there', async (value) => {
  expect((await token.get('membership', { 'x-tenant-id': value })).status).toBe(404);
});
test('an unknown subdomain and an unproven domain are not there', async () => {
  expect((await bed.client('nobody.milpa.test').get('courses')).status).toBe(404);
  await bed.application.database.withControl((tx) => add(tx, 'milpa.test', there.tenant.id, 'unproven.example'));
  bed.application.directory.forget();
  expect((await bed.client('unproven.example').get('courses')).status).toBe(404);
});

function expectNothing({ status, body }: { status: number; body: { code?: string } }): void {
  expect([status, body.code]).toEqual([404, 'kernel.tenant_not_found']);
}
