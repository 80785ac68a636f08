import { isAPIError } from 'better-auth/api';
import type pg from 'pg';
import { z } from 'zod';
import type { Auth } from './auth.ts';
import { parseCookies } from './cookies.ts';
import { AccountError } from './errors.ts';
import { knownDevice, rememberDevice } from './known-device.ts';
import { attempt, mailLocked, mayMail, signInCounters, unlock } from './lockout.ts';
import { browserOf, createLink, newBrowser, redeemLink, revokeLinks } from './mail-links.ts';
import { checkNewPassword } from './passwords.ts';
import { findAccount, inTransaction, isForeignKeyViolation, isUniqueViolation, lockAccount, setPassword, signOutEverywhere } from './queries.ts';
import type { AccountRow } from './queries.ts';
import { callEngine, openSession, requireAccount } from './sessions.ts';
import { cookieNames, engineHeaders } from './visit.ts';
import type { Visit } from './visit.ts';

const NAME_MAX = 200;
const EMAIL_MAX = 254;

type OnEmailChange = (client: pg.ClientBase, accountId: string) => Promise<void>;

/**
 * Opens an account that its owner confirms by mail. Says nothing about whether the address has one: its owner is told by mail.
 * An address that nobody confirmed belongs to nobody: the latest sign-up counts, and the links of earlier ones die.
 * The cookie returned lets the mail's link sign in this browser.
 */
export async function signUp(auth: Auth, visit: Visit, input: { email: string; name: string; password: string; next?: string | undefined }): Promise<{ setCookies: string[] }> {
  const email = normalEmail(input.email);
  const name = normalName(input.name);
  checkNewPassword(input.password);
  const { browser, setCookie } = newBrowser(auth);
  const answer = { setCookies: [setCookie] };
  if (!(await mayMail(auth, email))) return answer;
  await auth.pool.query('DELETE FROM identity_control.account WHERE email = $1 AND NOT email_verified', [email]);
  const createdId = await createUnverified(auth, { email, name, password: input.password, locale: visit.locale });
  const account = await findAccount(auth, email);
  // A later sign-up took its place meanwhile, and has its own mail.
  if (account === undefined) return answer;
  if (account.id === createdId) await mailConfirmation(auth, visit, account, input.next, browser).catch(unlessGone);
  else if (account.emailVerified) {
    await auth.sendMail(auth.pool, { kind: 'email_in_use', to: email, name: account.name, locale: account.locale });
  }
  return answer;
}

/** An account that a later sign-up for the same address took away in the middle of this one needs nothing more. */
function unlessGone(error: unknown): undefined {
  if (!isForeignKeyViolation(error)) throw error;
}

/** The new account's id; another id, or none, when the address already has an account or a later sign-up takes it. */
async function createUnverified(auth: Auth, body: { email: string; name: string; password: string; locale: string }, tries = 3): Promise<string | undefined> {
  try {
    const { user } = await auth.engine.api.signUpEmail({ body });
    return user.id;
  } catch (error) {
    if (!isAPIError(error) || error.body?.code !== 'FAILED_TO_CREATE_USER') return unlessGone(error);
    // Two sign-ups at once: the other one was first, and has sent the mail.
    if (await findAccount(auth, body.email)) return undefined;
    // And a third has taken the other's place away.
    if (tries > 1) return createUnverified(auth, body, tries - 1);
    throw error;
  }
}

/** Sends the confirmation again where one is still awaited; the answer is the same everywhere. */
export async function resendVerification(auth: Auth, visit: Visit, input: { email: string; next?: string | undefined }): Promise<void> {
  const email = normalEmail(input.email);
  if (!(await mayMail(auth, email))) return;
  const account = await findAccount(auth, email);
  if (account && !account.emailVerified) await mailConfirmation(auth, visit, account, input.next, browserOf(auth, visit));
}

async function mailConfirmation(auth: Auth, visit: Visit, account: AccountRow, next: string | undefined, browser: string | undefined): Promise<void> {
  const url = await createLink(auth, visit.host, 'confirm_email', account, { next, ...(browser === undefined ? {} : { browser }) });
  await auth.sendMail(auth.pool, { kind: 'verify_email', to: account.email, name: account.name, url, locale: account.locale });
}

/**
 * Takes the link of a confirmation mail: the address is the account's from now on, whether it is the first or a new one.
 * `onChange` is told of a new one in the transaction that sets it. The browser in which somebody signed up is signed in by the
 * first confirmation: there they have just typed the password. In any other, the password is still to be shown.
 * @throws AccountError `identity.link_invalid` when it is unknown, used or too old; `identity.email_taken` when somebody
 * else confirmed the address meanwhile.
 */
export async function verifyEmail(
  auth: Auth,
  visit: Visit,
  input: { token: string },
  onChange?: OnEmailChange,
): Promise<Confirmed & { setCookies: string[] }> {
  const { bySameBrowser, ...confirmed } = await inTransaction(auth.pool, (client) => confirmEmail(auth, visit, client, input.token, onChange));
  const opened = confirmed.isFirst && bySameBrowser ? await openSession(auth, visit, { id: confirmed.accountId, email: confirmed.email }, true) : { setCookies: [] };
  return { ...confirmed, ...opened };
}

interface Confirmed {
  accountId: string;
  email: string;
  /** It had no confirmed address before. */
  isFirst: boolean;
}

async function confirmEmail(auth: Auth, visit: Visit, client: pg.ClientBase, token: string, onChange?: OnEmailChange): Promise<Confirmed & { bySameBrowser: boolean }> {
  const link = await redeemLink(auth, client, 'confirm_email', token);
  const before = link && (await lockAccount(client, link.accountId));
  if (!before) throw new AccountError('identity.link_invalid');
  await client.query('DELETE FROM identity_control.account WHERE email = $1 AND NOT email_verified AND id <> $2', [link.email, before.id]);
  await client
    .query('UPDATE identity_control.account SET email = $2, email_verified = true, updated_at = $3 WHERE id = $1', [before.id, link.email, auth.now()])
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AccountError('identity.email_taken') : error;
    });
  // Links that went to the old address prove nothing any more.
  await revokeLinks(client, before.id);
  if (before.email !== link.email) {
    await onChange?.(client, before.id);
    await auth.sendMail(client, { kind: 'email_changed', to: before.email, name: before.name, locale: before.locale });
  }
  return { accountId: before.id, email: link.email, isFirst: !before.emailVerified, bySameBrowser: link.isFrom(browserOf(auth, visit)) };
}

/**
 * `twoFactorRequired`: the cookies returned carry a challenge of ten minutes that `verifyTwoFactor` answers; otherwise
 * they carry the session. Without `remember` it ends with the browser, and after a day.
 * @throws AccountError `identity.credentials_invalid`, `identity.email_unverified` (the password was right), `identity.locked`.
 */
export async function signIn(
  auth: Auth,
  visit: Visit,
  input: { email: string; password: string; remember?: boolean },
): Promise<{ twoFactorRequired: boolean; setCookies: string[] }> {
  const email = normalEmail(input.email);
  const names = await cookieNames(auth);
  // Trust in a device counts on the host where it was given, which its own cookie does not say.
  const trusted = knownDevice(auth, visit, email) === undefined ? [] : [names.trustedDevice];
  return attempt(auth, signInCounters(auth, visit, email), async (guess) => {
    try {
      const { headers, response } = await callEngine(
        auth.engine.api.signInEmail({
          body: { email, password: input.password, rememberMe: input.remember ?? true },
          headers: engineHeaders(visit, trusted),
          returnHeaders: true,
        }),
      );
      await guess.succeed();
      const twoFactorRequired = 'twoFactorRedirect' in response;
      const remembered = !twoFactorRequired && input.remember !== false;
      return { twoFactorRequired, setCookies: [...headers.getSetCookie(), ...(remembered ? [rememberDevice(auth, visit, email)] : [])] };
    } catch (error) {
      if (error instanceof AccountError && error.code === 'identity.email_unverified') await guess.succeed();
      else if (guess.exhausted) await mailLocked(auth, await findAccount(auth, email));
      throw error;
    }
  });
}

/** Mails a link where the address has an account; the answer is the same everywhere. */
export async function requestPasswordReset(auth: Auth, visit: Visit, input: { email: string }): Promise<void> {
  const email = normalEmail(input.email);
  if (!(await mayMail(auth, email))) return;
  const account = await findAccount(auth, email);
  if (!account) return;
  const url = await createLink(auth, visit.host, 'reset_password', account);
  await auth.sendMail(auth.pool, { kind: 'reset_password', to: email, name: account.name, url, locale: account.locale });
}

/**
 * Sets a new password by the link of a mail, and signs out everywhere. The click also confirms the address, and makes this browser known
 * as one of its owner's: the way in for who is locked out with their network.
 * @throws AccountError `identity.link_invalid`, or what is wrong with the password.
 */
export async function resetPassword(auth: Auth, visit: Visit, input: { token: string; newPassword: string }): Promise<{ setCookies: string[] }> {
  checkNewPassword(input.newPassword);
  const { password } = await auth.engine.$context;
  const hash = await password.hash(input.newPassword);
  const account = await inTransaction(auth.pool, (client) => replacePassword(auth, client, input.token, hash));
  await unlock(auth, visit, account);
  return { setCookies: [rememberDevice(auth, visit, account.email)] };
}

async function replacePassword(auth: Auth, client: pg.ClientBase, token: string, hash: string): Promise<AccountRow> {
  const link = await redeemLink(auth, client, 'reset_password', token);
  const account = link && (await lockAccount(client, link.accountId));
  if (!account || account.email !== link.email) throw new AccountError('identity.link_invalid');
  await setPassword(client, account.id, hash, auth.now());
  await client.query('UPDATE identity_control.account SET email_verified = true, updated_at = $2 WHERE id = $1', [account.id, auth.now()]);
  await revokeLinks(client, account.id);
  await signOutEverywhere(client, account.id, auth.now());
  await auth.sendMail(client, { kind: 'password_changed', to: account.email, name: account.name, locale: account.locale });
  return account;
}

/**
 * Changes the password of who is signed in, and signs out everywhere else; this browser gets a new session.
 * @throws AccountError for what is wrong with the new one.
 */
export async function changePassword(auth: Auth, visit: Visit, input: { newPassword: string }): Promise<{ setCookies: string[] }> {
  const account = await requireAccount(auth, visit);
  checkNewPassword(input.newPassword);
  const { password } = await auth.engine.$context;
  const hash = await password.hash(input.newPassword);
  await inTransaction(auth.pool, async (client) => {
    await setPassword(client, account.accountId, hash, auth.now());
    await signOutEverywhere(client, account.accountId, auth.now());
    await revokeLinks(client, account.accountId);
    await auth.sendMail(client, { kind: 'password_changed', to: account.email, name: account.name, locale: account.locale });
  });
  const isForgetful = parseCookies(visit.cookie).has((await cookieNames(auth)).forgetful);
  return openSession(auth, visit, { id: account.accountId, email: account.email }, !isForgetful);
}

/** Mails a link to the new address; the old one stays until it is clicked. Does not tell whether the new one has an account. */
export async function changeEmail(auth: Auth, visit: Visit, input: { newEmail: string }): Promise<void> {
  const account = await requireAccount(auth, visit);
  const to = normalEmail(input.newEmail);
  if (to === account.email || !(await mayMail(auth, to))) return;
  const holder = await findAccount(auth, to);
  if (holder?.emailVerified) {
    await auth.sendMail(auth.pool, { kind: 'email_in_use', to, name: holder.name, locale: holder.locale });
    return;
  }
  // A link to an address that was mistyped must not move the account there.
  await revokeLinks(auth.pool, account.accountId);
  const url = await createLink(auth, visit.host, 'confirm_email', { id: account.accountId, email: to });
  await auth.sendMail(auth.pool, { kind: 'change_email', to, name: account.name, url, locale: account.locale });
}

/** How the person is called, and in which language we write to them. */
export async function updateProfile(auth: Auth, visit: Visit, input: { name: string; locale: string }): Promise<void> {
  const account = await requireAccount(auth, visit);
  await auth.pool.query('UPDATE identity_control.account SET name = $2, locale = $3, updated_at = $4 WHERE id = $1', [
    account.accountId,
    normalName(input.name),
    input.locale,
    auth.now(),
  ]);
}

/**
 * An account whose address needs no mail to be believed: demo people, the operator's own, and who came by a mailed invitation.
 * An address that nobody confirmed belongs to nobody.
 * @throws AccountError `identity.email_taken`, or what is wrong with the input.
 */
export async function createVerifiedAccount(
  auth: Auth,
  input: { email: string; name: string; password: string; locale: string },
): Promise<{ accountId: string }> {
  const email = normalEmail(input.email);
  const name = normalName(input.name);
  checkNewPassword(input.password);
  const { password } = await auth.engine.$context;
  const hash = await password.hash(input.password);
  return inTransaction(auth.pool, async (client) => {
    await client.query('DELETE FROM identity_control.account WHERE email = $1 AND NOT email_verified', [email]);
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO identity_control.account (email, name, locale, email_verified, created_at, updated_at)
       VALUES ($1, $2, $3, true, $4, $4) ON CONFLICT (email) DO NOTHING RETURNING id`,
      [email, name, input.locale, auth.now()],
    );
    const accountId = rows[0]?.id;
    if (accountId === undefined) throw new AccountError('identity.email_taken');
    await setPassword(client, accountId, hash, auth.now());
    return { accountId };
  });
}

function normalEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (email.length > EMAIL_MAX || !z.email().safeParse(email).success) throw new AccountError('identity.email_invalid');
  return email;
}

function normalName(text: string): string {
  const name = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, NAME_MAX);
  if (name === '') throw new AccountError('identity.name_missing');
  return name;
}
