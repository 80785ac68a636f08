import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cookiesOf, createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { totp } from '../account/test-bed.ts';
import { browser, password, signedIn, signIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

// Codes go by the machine's clock. It stands in the middle of a half minute, so that none ends between a code and its check.
beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 }); });
afterEach(() => { vi.useRealTimers(); });

/** RFC 4648, without padding. */
function base32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
}

/** A member with an authenticator; each code that it shows is used once, and one of them has been. */
async function withAuthenticator() {
  const person = await signedIn(bed, academy.host);
  await person.client.post('memberships');
  const { otpauthUri, backupCodes } = (await person.client.post('account/two-factor')).body;
  const secret = base32(new URL(otpauthUri).searchParams.get('secret') ?? '');
  // This half minute's and the next one's: both are still good when the half minute ends meanwhile.
  const steps = [0, 1];
  const nextCode = () => totp(secret, Date.now() / 1000 + 30 * steps.shift()!);
  const confirmed = await person.client.put('account/two-factor', { code: nextCode() });
  expect(confirmed.status).toBe(204);
  return { ...person, backupCodes: backupCodes as string[], nextCode, client: browser(bed, academy.host).with({ cookie: cookiesOf(confirmed.headers['set-cookie']) }) };
}

test('the second step is asked for at the door, and a code opens once', async () => {
  const { email, nextCode } = await withAuthenticator();
  const client = browser(bed, academy.host);
  const first = await client.post('sessions', { email, password });
  expect(first.body).toEqual({ status: 'two_factor_required' });
  const challenged = client.with({ cookie: cookiesOf(first.headers['set-cookie']) });
  expect((await challenged.get('account')).status).toBe(401);
  expect((await challenged.post('sessions/two-factor', { code: '000000' })).body.code).toBe('identity.code_invalid');
  const code = nextCode();
  const second = await challenged.post('sessions/two-factor', { code });
  expect(second.body).toEqual({ status: 'signed_in' });
  expect((await client.with({ cookie: cookiesOf(second.headers['set-cookie']) }).get('account')).body).toMatchObject({ email, twoFactor: true });

  const again = await client.post('sessions', { email, password });
  const repeated = await client.with({ cookie: cookiesOf(again.headers['set-cookie']) }).post('sessions/two-factor', { code });
  expect(repeated.body.code).toBe('identity.code_invalid');
});

test('a backup code opens once as well', async () => {
  const { email, backupCodes } = await withAuthenticator();
  const client = browser(bed, academy.host);
  const answer = async () => {
    const first = await client.post('sessions', { email, password });
    return client.with({ cookie: cookiesOf(first.headers['set-cookie']) }).post('sessions/two-factor', { method: 'backup_code', code: backupCodes[0] });
  };
  expect((await answer()).status).toBe(200);
  expect((await answer()).body.code).toBe('identity.code_invalid');
});

test('tokens ask for the code too', async () => {
  const { email, nextCode } = await withAuthenticator();
  const ask = (code?: string) => academy.visitor.post('tokens', { email, password, ...(code === undefined ? {} : { code }) });
  expect((await ask()).body.code).toBe('identity.code_required');
  expect((await ask('000000')).body.code).toBe('identity.code_invalid');
  expect((await ask(nextCode())).status).toBe(201);
});

test('it is switched off by whoever is signed in', async () => {
  const { client, email } = await withAuthenticator();
  const fresh = await client.post('account/backup-codes');
  expect(fresh.body.backupCodes.length).toBeGreaterThan(0);
  for (const _ of [1, 2]) expect((await client.delete('account/two-factor')).status).toBe(204);
  expect((await (await signIn(bed, academy.host, email)).get('account')).body.twoFactor).toBe(false);
});
