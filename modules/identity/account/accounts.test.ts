import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  changeEmail,
  changePassword,
  createVerifiedAccount,
  requestPasswordReset,
  resendVerification,
  resetPassword,
  signIn,
  signUp,
  updateProfile,
  verifyEmail,
} from './accounts.ts';
import { deleteExpired, findAccount } from './queries.ts';
import { accountOf } from './sessions.ts';
import { Browser, createTestBed, mailedTo, newEmail, PASSWORD, signedIn, tokenMailed } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

const NEW_PASSWORD = 'un frijol en la sombra';
const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });
const person = () => ({ email: newEmail(), name: 'Persona de Prueba', password: PASSWORD });

describe('signing up', () => {
  it('lets the person in once the address is confirmed, and not before', async () => {
    const browser = new Browser();
    const input = person();
    await signUp(bed.auth, browser.visit, { ...input, email: ` ${input.email.toUpperCase()} ` });
    await expect(signIn(bed.auth, browser.visit, input)).rejects.toEqual(refused('identity.email_unverified'));
    const token = tokenMailed(bed, 'verify_email', input.email);
    expect(bed.mails.findLast((mail) => mail.to === input.email)).toEqual({
      kind: 'verify_email',
      to: input.email,
      name: input.name,
      locale: 'es-MX',
      url: `http://academy.localhost:3000/verify-email?token=${token}`,
    });
    expect(await verifyEmail(bed.auth, browser.visit, { token })).toMatchObject({ email: input.email });
    browser.keep(await signIn(bed.auth, browser.visit, input));
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({
      email: input.email,
      name: input.name,
      locale: 'es-MX',
      emailVerified: true,
      twoFactor: false,
    });
  });

  it('answers the same for an address that has an account, and tells its owner by mail', async () => {
    const { email } = await signedIn(bed);
    expect(await signUp(bed.auth, new Browser().visit, { ...person(), email })).toEqual({ setCookies: [expect.stringMatching(/^milpa\.sign_up=/)] });
    expect(mailedTo(bed, email)).toEqual(['email_in_use']);
    await expect(signIn(bed.auth, new Browser().visit, { email, password: PASSWORD })).resolves.toBeDefined();
  });

  it('gives an unconfirmed address to the latest sign-up, so that nobody prepares an account for somebody else', async () => {
    const input = person();
    await signUp(bed.auth, new Browser().visit, { ...input, password: 'the stranger was here first' });
    const strangersLink = tokenMailed(bed, 'verify_email', input.email);
    await signUp(bed.auth, new Browser().visit, input);
    const visit = new Browser().visit;
    await expect(verifyEmail(bed.auth, visit, { token: strangersLink })).rejects.toEqual(refused('identity.link_invalid'));
    await verifyEmail(bed.auth, visit, { token: tokenMailed(bed, 'verify_email', input.email) });
    await expect(signIn(bed.auth, visit, { email: input.email, password: 'the stranger was here first' })).rejects.toEqual(
      refused('identity.credentials_invalid'),
    );
  });

  it('makes one account of four sign-ups at once', async () => {
    const input = person();
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => signUp(bed.auth, new Browser().visit, input)));
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
    const { rows } = await bed.owner.query('SELECT 1 FROM identity_control.account WHERE email = $1', [input.email]);
    expect(rows).toHaveLength(1);
    await verifyEmail(bed.auth, new Browser().visit, { token: tokenMailed(bed, 'verify_email', input.email) });
  });

  it.each([
    ['identity.password_too_short', { password: 'corta 123' }],
    ['identity.password_too_long', { password: 'larga '.repeat(30) }],
    ['identity.password_too_common', { password: 'Password2026!' }],
    ['identity.email_invalid', { email: 'nobody' }],
    ['identity.name_missing', { name: ' \t' }],
  ])('refuses with %s', async (code, wrong) => {
    await expect(signUp(bed.auth, new Browser().visit, { ...person(), ...wrong })).rejects.toEqual(refused(code));
  });

  it('sends the confirmation again while it is awaited, at most five mails in a quarter of an hour', async () => {
    const input = person();
    const { visit } = new Browser();
    await signUp(bed.auth, visit, input);
    for (let mail = 0; mail < 6; mail += 1) await resendVerification(bed.auth, visit, input);
    expect(mailedTo(bed, input.email)).toHaveLength(5);
    const links = bed.mails.filter((mail) => mail.to === input.email).map((mail) => new URL(mail.url!).searchParams.get('token')!);
    await verifyEmail(bed.auth, visit, { token: links[0]! });
    await expect(verifyEmail(bed.auth, visit, { token: links[1]! })).rejects.toEqual(refused('identity.link_invalid'));
    await resendVerification(bed.auth, visit, { email: newEmail() });
    expect(mailedTo(bed, input.email)).toHaveLength(5);
  });
});

describe('resetting the password', () => {
  it('takes the link once, signs out everywhere, and lets in by the new password only', async () => {
    const { browser, email } = await signedIn(bed);
    await requestPasswordReset(bed.auth, browser.visit, { email });
    const token = tokenMailed(bed, 'reset_password', email);
    const both = await Promise.allSettled([
      resetPassword(bed.auth, browser.visit, { token, newPassword: NEW_PASSWORD }),
      resetPassword(bed.auth, browser.visit, { token, newPassword: 'the other of two clicks' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await accountOf(bed.auth, browser.visit)).toBeNull();
    await expect(signIn(bed.auth, browser.visit, { email, password: PASSWORD })).rejects.toEqual(refused('identity.credentials_invalid'));
    const password = both[0].status === 'fulfilled' ? NEW_PASSWORD : 'the other of two clicks';
    browser.keep(await signIn(bed.auth, browser.visit, { email, password }));
    expect(mailedTo(bed, email)).toEqual(['reset_password', 'password_changed']);
  });

  it('answers the same for an unknown address', async () => {
    const email = newEmail();
    expect(await requestPasswordReset(bed.auth, new Browser().visit, { email })).toBeUndefined();
    expect(mailedTo(bed, email)).toEqual([]);
  });

  it('refuses a link that is made up, or of another purpose, or used for a bad password', async () => {
    const input = person();
    const { visit } = new Browser();
    await signUp(bed.auth, visit, input);
    const confirmation = tokenMailed(bed, 'verify_email', input.email);
    for (const token of ['', 'made-up', confirmation]) {
      await expect(resetPassword(bed.auth, visit, { token, newPassword: NEW_PASSWORD })).rejects.toEqual(refused('identity.link_invalid'));
    }
    await expect(resetPassword(bed.auth, visit, { token: confirmation, newPassword: 'short' })).rejects.toEqual(refused('identity.password_too_short'));
    await verifyEmail(bed.auth, visit, { token: confirmation });
  });
});

describe('changing what one signs in with', () => {
  it('changes the password, keeps this browser and signs out the others', async () => {
    const { browser, email } = await signedIn(bed);
    const other = new Browser();
    other.keep(await signIn(bed.auth, other.visit, { email, password: PASSWORD }));
    browser.keep(await changePassword(bed.auth, browser.visit, { newPassword: NEW_PASSWORD }));
    expect(await accountOf(bed.auth, browser.visit)).not.toBeNull();
    expect(await accountOf(bed.auth, other.visit)).toBeNull();
    await signIn(bed.auth, other.visit, { email, password: NEW_PASSWORD });
  });

  it('moves to a new address when that is confirmed, and tells the old one', async () => {
    const { browser, email } = await signedIn(bed);
    const newOne = newEmail();
    await changeEmail(bed.auth, browser.visit, { newEmail: newOne });
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email });
    await verifyEmail(bed.auth, new Browser().visit, { token: tokenMailed(bed, 'change_email', newOne) });
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email: newOne, emailVerified: true });
    expect(mailedTo(bed, email)).toEqual(['email_changed']);
  });

  it('does not move to an address that was mistyped before', async () => {
    const { browser, email } = await signedIn(bed);
    const [mistyped, meant] = [newEmail(), newEmail()];
    for (const newEmail of [mistyped, meant]) await changeEmail(bed.auth, browser.visit, { newEmail });
    await expect(verifyEmail(bed.auth, browser.visit, { token: tokenMailed(bed, 'change_email', mistyped) })).rejects.toEqual(refused('identity.link_invalid'));
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email });
  });

  it('does not tell that the new address has an account, and does not take it', async () => {
    const { browser } = await signedIn(bed);
    const { email: taken } = await signedIn(bed);
    await changeEmail(bed.auth, browser.visit, { newEmail: taken });
    expect(mailedTo(bed, taken)).toEqual(['email_in_use']);
    const late = newEmail();
    await changeEmail(bed.auth, browser.visit, { newEmail: late });
    await createVerifiedAccount(bed.auth, { ...person(), email: late, locale: 'en' });
    await expect(verifyEmail(bed.auth, browser.visit, { token: tokenMailed(bed, 'change_email', late) })).rejects.toEqual(refused('identity.email_taken'));
  });

  it('needs a session', async () => {
    const { visit } = new Browser();
    const signedOut = refused('identity.signed_out');
    await expect(changePassword(bed.auth, visit, { newPassword: NEW_PASSWORD })).rejects.toEqual(signedOut);
    await expect(changeEmail(bed.auth, visit, { newEmail: newEmail() })).rejects.toEqual(signedOut);
    await expect(updateProfile(bed.auth, visit, { name: 'X', locale: 'en' })).rejects.toEqual(signedOut);
  });

  it('changes name and language', async () => {
    const { browser } = await signedIn(bed);
    await updateProfile(bed.auth, browser.visit, { name: '  Otra   Persona ', locale: 'ar' });
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ name: 'Otra Persona', locale: 'ar' });
  });
});

it('writes nothing to the log: no addresses, no tokens', async () => {
  const written = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => vi.spyOn(console, level));
  const { browser, email } = await signedIn(bed);
  await signUp(bed.auth, browser.visit, { ...person(), email });
  await expect(signIn(bed.auth, browser.visit, { email, password: 'a wrong guess' })).rejects.toBeDefined();
  await expect(signIn(bed.auth, browser.visit, person())).rejects.toBeDefined();
  await expect(resetPassword(bed.auth, browser.visit, { token: 'made-up', newPassword: NEW_PASSWORD })).rejects.toBeDefined();
  for (const spy of written) expect(spy).not.toHaveBeenCalled();
});

it('makes no second account for an address', async () => {
  const { email } = await signedIn(bed);
  await expect(createVerifiedAccount(bed.auth, { ...person(), email, locale: 'en' })).rejects.toEqual(refused('identity.email_taken'));
});

describe('as time passes', () => {
  let later: TestBed;
  beforeAll(async () => {
    later = await createTestBed();
  });
  afterAll(() => later?.close());

  it('a reset link works for an hour, and what nobody confirmed goes after a month', async () => {
    const { browser, email } = await signedIn(later);
    const unconfirmed = person();
    await signUp(later.auth, browser.visit, unconfirmed);
    await requestPasswordReset(later.auth, browser.visit, { email });
    later.advance(61);
    await expect(resetPassword(later.auth, browser.visit, { token: tokenMailed(later, 'reset_password', email), newPassword: NEW_PASSWORD })).rejects.toEqual(
      refused('identity.link_invalid'),
    );
    await deleteExpired(later.auth);
    expect(await findAccount(later.auth, unconfirmed.email)).toBeDefined();
    later.advance(31 * 24 * 60);
    await deleteExpired(later.auth);
    expect(await findAccount(later.auth, unconfirmed.email)).toBeUndefined();
    expect(await findAccount(later.auth, email)).toBeDefined();
    const { rows } = await later.owner.query(
      'SELECT (SELECT count(*)::int FROM identity_control.session) AS sessions, (SELECT count(*)::int FROM identity_control.mail_link) AS links',
    );
    expect(rows).toEqual([{ sessions: 0, links: 0 }]);
  });
});

describe('what an owner must hear of', () => {
  const silent = () => ({ ...bed.auth, sendMail: () => Promise.reject(new Error('no mail today')) });

  it('does not happen when the mail about it cannot be kept', async () => {
    const { browser, email } = await signedIn(bed);
    await expect(changePassword(silent(), browser.visit, { newPassword: NEW_PASSWORD })).rejects.toThrow('no mail today');
    await requestPasswordReset(bed.auth, browser.visit, { email });
    const reset = tokenMailed(bed, 'reset_password', email);
    await expect(resetPassword(silent(), browser.visit, { token: reset, newPassword: NEW_PASSWORD })).rejects.toThrow('no mail today');
    const newOne = newEmail();
    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email });
    await changeEmail(bed.auth, browser.visit, { newEmail: newOne });
    const confirmation = tokenMailed(bed, 'change_email', newOne);
    await expect(verifyEmail(silent(), browser.visit, { token: confirmation })).rejects.toThrow('no mail today');

    expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ email });
    await verifyEmail(bed.auth, browser.visit, { token: confirmation });
    await signIn(bed.auth, new Browser().visit, { email: newOne, password: PASSWORD });
  });
});
