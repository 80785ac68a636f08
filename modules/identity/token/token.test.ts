import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBed, testPassword, type Client, type TestBed, type TestTenant } from '@milpa/testkit';
import { mailTo, signedIn, signIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

const bearing = (token: string, client: Client = academy.visitor) => client.with({ authorization: `Bearer ${token}` });
const refresh = (refreshToken: string) => academy.visitor.post('tokens/refresh', { refreshToken });
async function newPair() {
  const person = await academy.person('learner');
  const answer = await academy.visitor.post('tokens', { email: person.email, password: testPassword });
  return { ...person, ...answer.body as { accessToken: string; refreshToken: string; expiresIn: number } };
}

describe('an access token', () => {
  test('comes for e-mail and password, and speaks for the member in this tenant', async () => {
    const { accessToken, expiresIn, memberId } = await newPair();
    expect(expiresIn).toBe(900);
    expect((await bearing(accessToken).get('membership')).body).toMatchObject({ id: memberId });
    expect((await bearing(accessToken, bed.client('milpa.test')).get('membership')).body).toMatchObject({ id: memberId });
  });

  test('comes for a session, as long as it is fresh', async () => {
    const { client } = await signedIn(bed, academy.host);
    expect((await client.post('tokens', {})).body.code).toBe('identity.not_a_member');
    const { id } = (await client.post('memberships')).body;
    const { accessToken } = (await client.post('tokens', {})).body;
    expect((await bearing(accessToken).get('membership')).body.id).toBe(id);
    expect((await bearing(accessToken).post('tokens', {})).status).toBe(401);
    expect((await academy.visitor.post('tokens', {})).status).toBe(401);
    bed.clock.advance(11 * 60_000);
    expect((await client.post('tokens', {})).body.code).toBe('kernel.confirmation_required');
  });

  test('ends with the session that it was made from; one made by password goes on', async () => {
    const { client, email } = await signedIn(bed, academy.host);
    await client.post('memberships');
    const other = await signIn(bed, academy.host, email);
    const [fromSession, byPassword] = [(await client.post('tokens', {})).body, (await academy.visitor.post('tokens', { email, password: testPassword })).body];
    const { sessionId } = (await client.get('account')).body;
    expect((await other.delete(`account/sessions/${sessionId}`)).status).toBe(204);
    expect((await bearing(fromSession.accessToken).get('membership')).body.code).toBe('identity.token_invalid');
    expect((await refresh(fromSession.refreshToken)).body.code).toBe('identity.token_invalid');
    expect((await bearing(byPassword.accessToken).get('membership')).status).toBe(200);
    bed.clock.advance(1000);
    expect((await other.delete('account/sessions')).status).toBe(200);
    expect((await bearing(byPassword.accessToken).get('membership')).body.code).toBe('identity.token_invalid');
    expect((await refresh(byPassword.refreshToken)).body.code).toBe('identity.token_invalid');
  });

  test('leaves no session behind', async () => {
    const { accountId } = await newPair();
    expect((await bed.owner.query('select 1 from identity_control.session where account_id = $1', [accountId])).rowCount).toBe(0);
  });

  test('is refused in another tenant, when altered, and after a quarter of an hour', async () => {
    const { accessToken } = await newPair();
    const other = await bed.tenant();
    expect((await bearing(accessToken, other.visitor).get('membership')).body.code).toBe('kernel.tenant_not_found');
    const [head, body, signature] = accessToken.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, perms: ['role:update'] })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const token of [`${head}.${forged}.${signature}`, `${unsigned}.${forged}.`, 'nonsense']) {
      expect(await bearing(token).get('membership'), token).toMatchObject({ status: 401, body: { code: 'identity.token_invalid' } });
    }
    bed.clock.advance(15 * 60_000 + 1000);
    expect((await bearing(accessToken).get('membership')).body.code).toBe('identity.token_invalid');
    bed.clock.advance(-15 * 60_000 - 1000);
  });

  test('gives nothing any more once its member is suspended', async () => {
    const { client: admin } = await academy.person('admin');
    const { accessToken, refreshToken, memberId } = await newPair();
    await admin.patch(`members/${memberId}`, { status: 'suspended' }, { 'if-match': '"1"' });
    expect((await bearing(accessToken).patch('membership', { name: 'X' })).status).toBe(404);
    expect((await refresh(refreshToken)).body.code).toBe('identity.token_invalid');
  });
});

describe('a refresh token', () => {
  test('gives the next pair, for seven days', async () => {
    const { refreshToken, memberId } = await newPair();
    const next = await refresh(refreshToken);
    expect(next.status).toBe(201);
    expect((await bearing(next.body.accessToken).get('membership')).body.id).toBe(memberId);
    const week = 7 * 86_400_000;
    bed.clock.advance(week);
    expect((await refresh(next.body.refreshToken)).body.code).toBe('identity.token_invalid');
    bed.clock.advance(-week);
  });

  test('used twice ends all that came from it', async () => {
    const { refreshToken } = await newPair();
    const second = (await refresh(refreshToken)).body.refreshToken;
    const third = (await refresh(second)).body.refreshToken;
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'identity.token_reused' } });
    expect((await refresh(third)).body.code).toBe('identity.token_invalid');
  });

  test('used by several at once gives one pair', async () => {
    const { refreshToken } = await newPair();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(refreshToken)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status !== 201).every((answer) => ['identity.token_race', 'identity.token_reused'].includes(answer.body.code))).toBe(true);
  });

  test('ends with its family, whoever asks again', async () => {
    const { refreshToken } = await newPair();
    const next = (await refresh(refreshToken)).body.refreshToken;
    expect((await academy.visitor.ask('tokens', { method: 'DELETE', body: { refreshToken: next } })).status).toBe(204);
    expect((await academy.visitor.ask('tokens', { method: 'DELETE', body: { refreshToken: next } })).status).toBe(204);
    expect((await refresh(next)).body.code).toBe('identity.token_invalid');
  });

  test('ends when the password is set anew', async () => {
    const { refreshToken, accountId } = await newPair();
    bed.clock.advance(1000);
    await bed.owner.query('update identity_control.credential set updated_at = $2 where account_id = $1', [accountId, bed.clock.now()]);
    expect((await refresh(refreshToken)).body.code).toBe('identity.token_invalid');
  });

  test.each([
    ['its owner signs out everywhere else', async ({ browser }: { browser: Client; email: string }) => browser.delete('account/sessions'), 200],
    ['its owner changes the password', async ({ browser }: { browser: Client; email: string }) => browser.put('account/password', { newPassword: 'quelites y flores' }), 204],
    ['the password is set anew by mail', async ({ email }: { browser: Client; email: string }) => {
      await academy.visitor.post('password-resets', { email });
      return academy.visitor.put('password-resets', { token: (await mailTo(bed, email)).token, newPassword: 'quelites y flores' });
    }, 204],
  ])('ends when %s; nobody else’s does', async (_, act, status) => {
    const [person, other] = [await newPair(), await newPair()];
    const browser = await signIn(bed, academy.host, person.email);
    expect((await act({ browser, email: person.email })).status).toBe(status);
    expect((await refresh(person.refreshToken)).body.code).toBe('identity.token_invalid');
    expect((await refresh(other.refreshToken)).status).toBe(201);
  });

  test('is of one tenant', async () => {
    const { refreshToken } = await newPair();
    const other = await bed.tenant();
    expect((await other.visitor.post('tokens/refresh', { refreshToken })).body.code).toBe('identity.token_invalid');
    expect((await refresh(refreshToken)).status).toBe(201);
  });

  test('is thrown away when it has expired', async () => {
    const { accountId } = await newPair();
    const count = async () => (await bed.owner.query('select 1 from identity.refresh_token where account_id = $1', [accountId])).rowCount;
    await bed.runJob('kernel.tidy');
    expect(await count()).toBe(1);
    bed.clock.advance(7 * 86_400_000 + 1);
    await bed.runJob('kernel.tidy');
    expect(await count()).toBe(0);
    bed.clock.advance(-7 * 86_400_000 - 1);
  });

  test('is kept as a hash', async () => {
    const { refreshToken, accountId } = await newPair();
    const { rows } = await bed.owner.query('select row_to_json(t)::text as text from identity.refresh_token t where account_id = $1', [accountId]);
    expect(rows).toHaveLength(1);
    expect(rows[0].text).not.toContain(refreshToken);
  });
});

test('thirty requests at once with the right password get thirty pairs', async () => {
  const crowd = await createTestBed({ rateLimiter: { take: async (_key, limit) => ({ allowed: true, limit, remaining: limit, resetSeconds: 0 }) } });
  try {
    const { visitor, person } = await crowd.tenant();
    const { email } = await person('learner');
    const answers = await Promise.all(Array.from({ length: 30 }, () => visitor.post('tokens', { email, password: testPassword })));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201));
  } finally {
    await crowd.close();
  }
});
