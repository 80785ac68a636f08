import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePasskey, usePasskey } from '../testing/authenticator.ts';
import { signIn } from './accounts.ts';
import { confirm, confirmationOf } from './confirmation.ts';
import { addPasskey, beginPasskey, beginPasskeySignIn, signInWithPasskey } from './passkeys.ts';
import { accountOf, revokeOtherSessions } from './sessions.ts';
import { Browser, createTestBed, mailedTo, PASSWORD, signedIn, totp, withAuthenticator } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';
import { enableTwoFactor } from './two-factor.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

// Codes go by the machine's clock. It stands in the middle of a half minute, so that none ends between a code and its check.
beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 }); });
afterEach(() => { vi.useRealTimers(); });

const origin = 'http://academy.localhost:3000';
const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });
const isFresh = async ({ visit }: Browser) => (await accountOf(bed.auth, visit))!.freshUntil > bed.auth.now();
const byPassword = { method: 'password' as const, password: PASSWORD };

async function withPasskey() {
  const person = await signedIn(bed);
  const { passkey, response } = makePasskey(await beginPasskey(bed.auth, person.browser.visit), origin);
  await addPasskey(bed.auth, person.browser.visit, { response });
  return { ...person, passkey };
}

it('signing in counts for ten minutes, and so does each confirmation', async () => {
  const { browser } = await signedIn(bed);
  bed.advance(9);
  expect(await isFresh(browser)).toBe(true);
  bed.advance(2);
  expect(await isFresh(browser)).toBe(false);
  const { freshUntil } = await confirm(bed.auth, browser.visit, byPassword);
  expect(freshUntil.getTime() - bed.auth.now().getTime()).toBe(10 * 60_000);
  bed.advance(9);
  expect(await isFresh(browser)).toBe(true);
  bed.advance(1);
  expect(await isFresh(browser)).toBe(false);
});

it('counts for the session that confirmed alone', async () => {
  const { browser, email } = await signedIn(bed);
  const other = new Browser();
  other.keep(await signIn(bed.auth, other.visit, { email, password: PASSWORD }));
  bed.advance(11);
  await confirm(bed.auth, browser.visit, byPassword);
  expect([await isFresh(browser), await isFresh(other)]).toEqual([true, false]);
});

describe('a code of the authenticator', () => {
  it('does, once', async () => {
    const { browser, nextCode } = await withAuthenticator(bed);
    bed.advance(11);
    expect(await confirmationOf(bed.auth, browser.visit)).toMatchObject({ code: true, passkey: null });
    const code = nextCode();
    await confirm(bed.auth, browser.visit, { method: 'code', code });
    expect(await isFresh(browser)).toBe(true);
    await expect(confirm(bed.auth, browser.visit, { method: 'code', code })).rejects.toEqual(refused('identity.code_invalid'));
  });

  it('does not of one whose set-up was only begun, nor does a backup code', async () => {
    const { browser } = await signedIn(bed);
    const { otpauthUri } = await enableTwoFactor(bed.auth, browser.visit);
    expect(otpauthUri).toContain('secret=');
    await expect(confirm(bed.auth, browser.visit, { method: 'code', code: totp(Buffer.from('any'), Date.now() / 1000) })).rejects.toEqual(refused('identity.two_factor_off'));
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ twoFactor: false });
    const owner = await withAuthenticator(bed);
    await expect(confirm(bed.auth, owner.browser.visit, { method: 'code', code: owner.backupCodes[0]! })).rejects.toEqual(refused('identity.code_invalid'));
  });

  it('of somebody else does not', async () => {
    const [one, other] = [await withAuthenticator(bed), await withAuthenticator(bed)];
    await expect(confirm(bed.auth, one.browser.visit, { method: 'code', code: other.nextCode() })).rejects.toEqual(refused('identity.code_invalid'));
  });
});

describe('a passkey', () => {
  it('does, for each challenge once, and neither for another account nor for another purpose', async () => {
    const { browser, passkey } = await withPasskey();
    const other = await withPasskey();
    bed.advance(11);
    const options = (await confirmationOf(bed.auth, browser.visit)).passkey!;
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.id]);
    const answer = (response: ReturnType<typeof usePasskey>, who = browser) => confirm(bed.auth, who.visit, { method: 'passkey', response });
    await expect(answer(usePasskey(other.passkey, options, origin))).rejects.toEqual(refused('identity.passkey_refused'));
    await expect(answer(usePasskey(other.passkey, options, origin), other.browser)).rejects.toEqual(refused('identity.passkey_refused'));
    await expect(answer(usePasskey(passkey, await beginPasskeySignIn(bed.auth, browser.visit), origin))).rejects.toEqual(refused('identity.passkey_refused'));
    await expect(signInWithPasskey(bed.auth, new Browser().visit, { response: usePasskey(passkey, options, origin) })).rejects.toEqual(refused('identity.passkey_refused'));
    expect(await isFresh(browser)).toBe(false);
    const response = usePasskey(passkey, options, origin);
    await answer(response);
    expect(await isFresh(browser)).toBe(true);
    await expect(answer(response)).rejects.toEqual(refused('identity.passkey_refused'));
  });

  it('is offered on its own host', async () => {
    const { email } = await withPasskey();
    const [school, host] = [new Browser(), 'school.localhost:3000'];
    school.keep(await signIn(bed.auth, { ...school.visit, host }, { email, password: PASSWORD }));
    expect((await confirmationOf(bed.auth, { ...school.visit, host })).passkey).toBeNull();
  });
});

it('guesses are slowed down as at sign-in, together with those, and the owner hears of it', async () => {
  const { browser, email } = await signedIn(bed);
  bed.advance(11);
  const thief = new Browser();
  // A stolen session alone: the browser is not known as the owner's.
  thief.keep({ setCookies: browser.cookieHeader!.split('; ').filter((cookie) => cookie.includes('session_token')) });
  for (let guess = 0; guess < 3; guess += 1) await expect(confirm(bed.auth, thief.visit, { method: 'password', password: 'a wrong guess' })).rejects.toEqual(refused('identity.password_wrong'));
  for (let guess = 0; guess < 2; guess += 1) await expect(signIn(bed.auth, thief.visit, { email, password: 'a wrong guess' })).rejects.toEqual(refused('identity.credentials_invalid'));
  await expect(confirm(bed.auth, thief.visit, byPassword)).rejects.toEqual(refused('identity.locked'));
  expect(mailedTo(bed, email)).toEqual(['account_locked']);
  expect(await isFresh(thief)).toBe(false);
  // Who guesses elsewhere does not keep the owner from confirming.
  await confirm(bed.auth, browser.visit, byPassword);
  expect(await isFresh(browser)).toBe(true);
});

it('ends with the session', async () => {
  const { browser, email } = await signedIn(bed);
  const other = new Browser();
  other.keep(await signIn(bed.auth, other.visit, { email, password: PASSWORD }));
  await confirm(bed.auth, browser.visit, byPassword);
  await revokeOtherSessions(bed.auth, other.visit);
  await expect(confirm(bed.auth, browser.visit, byPassword)).rejects.toEqual(refused('identity.signed_out'));
  await expect(confirmationOf(bed.auth, browser.visit)).rejects.toEqual(refused('identity.signed_out'));
});
