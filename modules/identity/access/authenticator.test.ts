import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseHost, createTestBed, testPassword, type TestBed, type TestTenant } from '@milpa/testkit';
import { signedIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

const actorOf = (accountId: string, tenant = academy.tenant) => bed.application.authenticator.actorIn(tenant, { accountId, sessionId: null, operator: false, token: null });

describe('who sends a request', () => {
  test('is told by the token alone where there is one: a cookie beside a wrong token does not count', async () => {
    const { client } = await signedIn(bed, academy.host);
    for (const authorization of ['Bearer wrong', 'Basic dXNlcjpwYXNz', 'Bearer']) {
      expect(await client.get('account', { authorization }), authorization).toMatchObject({ status: 401, body: { code: 'identity.token_invalid' } });
    }
  });

  test('is nobody when the cookie is altered', async () => {
    const { client } = await signedIn(bed, academy.host);
    expect((await client.get('account', { cookie: 'milpa.session_token=abc.def' })).status).toBe(401);
  });

  test('is an operator on the installation’s own host only', async () => {
    const operator = await bed.operator();
    expect((await operator.get('account')).body.operator).toBe(true);
    expect((await bed.client(baseHost).get('account')).status).toBe(401);
  });
});

describe('what they may do', () => {
  test('as a member holds what visitors may as well', async () => {
    const place = await bed.tenant();
    await bed.owner.query("update identity.role set permissions = '{}' where tenant_id = $1 and key <> 'visitor'", [place.tenant.id]);
    const { accountId } = await place.person('learner');
    expect([...(await actorOf(accountId, place.tenant)).permissions]).toEqual(['course:read']);
  });

  test('is not more for what the role of visitors holds beyond what is meant for everybody', async () => {
    const place = await bed.tenant();
    await bed.owner.query("update identity.role set permissions = '{member:read,audit:read,course:read,course:create}' where tenant_id = $1 and key = 'visitor'", [place.tenant.id]);
    await bed.owner.query("update identity.role set permissions = '{}' where tenant_id = $1 and key = 'learner'", [place.tenant.id]);
    const [member, account] = [await place.person('learner'), await signedIn(bed, place.host)];
    for (const { accountId } of [member, account]) expect([...(await actorOf(accountId, place.tenant)).permissions]).toEqual(['course:read']);
    expect((await place.visitor.get('members')).status).toBe(401);
    expect((await place.visitor.get('courses')).status).toBe(200);
    expect((await member.client.get('membership')).body.permissions).toEqual(['course:read']);
    const tokens = await place.visitor.post('tokens', { email: member.email, password: testPassword });
    expect(JSON.parse(Buffer.from(tokens.body.accessToken.split('.')[1], 'base64url').toString()).perms).toEqual(['course:read']);
  });

  test('without membership is what visitors may', async () => {
    const { accountId } = await signedIn(bed, academy.host);
    expect(await actorOf(accountId)).toMatchObject({ kind: 'account', accountId, memberId: null, permissions: new Set(['course:read']) });
  });

  test('in one tenant says nothing about another', async () => {
    const { accountId } = await (await bed.tenant()).person('admin');
    expect([...(await actorOf(accountId)).permissions]).toEqual(['course:read']);
  });
});
