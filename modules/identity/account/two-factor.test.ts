import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { resetPassword, requestPasswordReset, signIn } from './accounts.ts';
import { accountOf } from './sessions.ts';
import { Browser, createTestBed, mailedTo, PASSWORD, signedIn, tokenMailed, totp, withAuthenticator } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';
import { confirmTwoFactor, disableTwoFactor, enableTwoFactor, regenerateBackupCodes, verifyTwoFactor } from './two-factor.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

// Codes go by the machine's clock. It stands in the middle of a half minute, so that none ends between a code and its check.
beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 }); });
afterEach(() => { vi.useRealTimers(); });

const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });

it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('the tests’ own codes are those of RFC 6238, appendix B, at %i', (seconds, code) => {
  expect(totp(Buffer.from('12345678901234567890'), seconds, 8)).toBe(code);
});

describe('switching the second step on', () => {
  it('takes a first code, and shows secret, picture and backup codes', async () => {
    const { browser, email, otpauthUri, qrSvg, backupCodes } = await withAuthenticator(bed);
    expect(otpauthUri).toMatch(/^otpauth:\/\/totp\/Milpa:.*[?&]secret=[A-Z2-7]{32,}&issuer=Milpa&digits=6&period=30$/);
    expect(qrSvg).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect(new Set(backupCodes).size).toBe(10);
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email, twoFactor: true });
    expect(mailedTo(bed, email)).toEqual(['two_factor_enabled']);
    await expect(enableTwoFactor(bed.auth, browser.visit)).rejects.toEqual(refused('identity.two_factor_on'));
  });

  it('does nothing before the first code, and starts anew when asked again', async () => {
    const { browser, email } = await signedIn(bed);
    await expect(confirmTwoFactor(bed.auth, browser.visit, { code: '000000' })).rejects.toEqual(refused('identity.two_factor_off'));
    const first = await enableTwoFactor(bed.auth, browser.visit);
    const second = await enableTwoFactor(bed.auth, browser.visit, { issuer: 'Academia' });
    expect(second.otpauthUri).not.toBe(first.otpauthUri);
    expect(second.otpauthUri).toContain('issuer=Academia');
    expect(await signIn(bed.auth, new Browser().visit, { email, password: PASSWORD })).toMatchObject({ twoFactorRequired: false });
  });
});

describe('signing in with a second step', () => {
  it('gives no session before the code, and takes a code once', async () => {
    const { email, nextCode } = await withAuthenticator(bed);
    const browser = new Browser();
    const first = await signIn(bed.auth, browser.visit, { email, password: PASSWORD });
    expect(first.twoFactorRequired).toBe(true);
    browser.keep(first);
    expect(await accountOf(bed.auth, browser.visit)).toBeNull();
    const code = nextCode();
    browser.keep(await verifyTwoFactor(bed.auth, browser.visit, { method: 'totp', code: `${code.slice(0, 3)} ${code.slice(3)}` }));
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email, twoFactor: true });

    const thief = new Browser();
    thief.keep(await signIn(bed.auth, thief.visit, { email, password: PASSWORD }));
    await expect(verifyTwoFactor(bed.auth, thief.visit, { method: 'totp', code })).rejects.toEqual(refused('identity.code_invalid'));
  });

  it('asks for the code of the person whose password was given, whoever was signed in before', async () => {
    const { email, nextCode } = await withAuthenticator(bed);
    const other = await withAuthenticator(bed);
    const before = other.browser.cookieHeader!;
    other.browser.keep(await signIn(bed.auth, other.browser.visit, { email, password: PASSWORD }));
    const visit = { ...other.browser.visit, cookie: `${before}; ${other.browser.cookieHeader}` };
    await expect(verifyTwoFactor(bed.auth, visit, { method: 'totp', code: other.nextCode() })).rejects.toEqual(refused('identity.code_invalid'));
    const { setCookies } = await verifyTwoFactor(bed.auth, visit, { method: 'totp', code: nextCode() });
    expect(
      await accountOf(bed.auth, { ...visit, cookie: setCookies.find((cookie) => cookie.includes('session_token')) }),
    ).toMatchObject({ email });
  });

  it('takes each backup code once, even twice at once', async () => {
    const { email, backupCodes } = await withAuthenticator(bed);
    const browsers = [new Browser(), new Browser()];
    for (const browser of browsers) browser.keep(await signIn(bed.auth, browser.visit, { email, password: PASSWORD }));
    const answers = await Promise.allSettled(
      browsers.map((browser) => verifyTwoFactor(bed.auth, browser.visit, { method: 'backup_code', code: backupCodes[0]! })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((answer) => answer.status === 'rejected')?.reason).toEqual(refused('identity.code_invalid'));
  });

  it('wants a challenge that is ours', async () => {
    const input = { method: 'totp' as const, code: '123456' };
    await expect(verifyTwoFactor(bed.auth, new Browser().visit, input)).rejects.toEqual(refused('identity.challenge_expired'));
    const forged = { ...new Browser().visit, cookie: 'milpa.two_factor=2fa-made-up.AAAA' };
    await expect(verifyTwoFactor(bed.auth, forged, input)).rejects.toEqual(refused('identity.challenge_expired'));
  });

  it('locks after five wrong codes, over challenges and methods, and tells by mail', async () => {
    const { email, backupCodes } = await withAuthenticator(bed);
    for (let guess = 0; guess < 5; guess += 1) {
      const browser = new Browser();
      browser.keep(await signIn(bed.auth, browser.visit, { email, password: PASSWORD }));
      const method = guess % 2 === 0 ? ('totp' as const) : ('backup_code' as const);
      await expect(verifyTwoFactor(bed.auth, browser.visit, { method, code: `wrong${guess}` })).rejects.toEqual(refused('identity.code_invalid'));
    }
    const browser = new Browser();
    browser.keep(await signIn(bed.auth, browser.visit, { email, password: PASSWORD }));
    await expect(verifyTwoFactor(bed.auth, browser.visit, { method: 'backup_code', code: backupCodes[0]! })).rejects.toEqual(refused('identity.locked'));
    expect(mailedTo(bed, email)).toEqual(['two_factor_enabled', 'account_locked']);
  });

  it('skips the second step on a trusted device, until the password is reset', async () => {
    const { email, backupCodes } = await withAuthenticator(bed);
    const browser = new Browser();
    browser.keep(await signIn(bed.auth, browser.visit, { email, password: PASSWORD }));
    browser.keep(await verifyTwoFactor(bed.auth, browser.visit, { method: 'backup_code', code: backupCodes[0]!, trustDevice: true }));
    const again = await signIn(bed.auth, browser.visit, { email, password: PASSWORD });
    expect(again.twoFactorRequired).toBe(false);
    browser.keep(again);
    // The cookies tell nothing on another host, where somebody may have taken them to.
    expect(await signIn(bed.auth, { ...browser.visit, host: 'school.localhost:3000' }, { email, password: PASSWORD })).toMatchObject({ twoFactorRequired: true });
    expect(await signIn(bed.auth, browser.visit, { email, password: PASSWORD })).toMatchObject({ twoFactorRequired: false });
    await requestPasswordReset(bed.auth, browser.visit, { email });
    await resetPassword(bed.auth, browser.visit, { token: tokenMailed(bed, 'reset_password', email), newPassword: 'un frijol en la sombra' });
    expect(await signIn(bed.auth, browser.visit, { email, password: 'un frijol en la sombra' })).toMatchObject({ twoFactorRequired: true });
  });
});

describe('managing the second step', () => {
  it('replaces the backup codes', async () => {
    const { browser, email, backupCodes } = await withAuthenticator(bed);
    const { backupCodes: fresh } = await regenerateBackupCodes(bed.auth, browser.visit);
    const other = new Browser();
    other.keep(await signIn(bed.auth, other.visit, { email, password: PASSWORD }));
    await expect(verifyTwoFactor(bed.auth, other.visit, { method: 'backup_code', code: backupCodes[0]! })).rejects.toEqual(refused('identity.code_invalid'));
    other.keep(await verifyTwoFactor(bed.auth, other.visit, { method: 'backup_code', code: fresh[0]! }));
    expect(await accountOf(bed.auth, other.visit)).toMatchObject({ email });
  });

  it('switches it off, and tells so once', async () => {
    const { browser, email } = await withAuthenticator(bed);
    for (const _ of [1, 2]) await disableTwoFactor(bed.auth, browser.visit);
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ twoFactor: false });
    expect(await signIn(bed.auth, new Browser().visit, { email, password: PASSWORD })).toMatchObject({ twoFactorRequired: false });
    await expect(regenerateBackupCodes(bed.auth, browser.visit)).rejects.toEqual(refused('identity.two_factor_off'));
    expect(mailedTo(bed, email)).toEqual(['two_factor_enabled', 'two_factor_disabled']);
  });
});
