import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Auth } from './auth.ts';
import { cookiePrefix } from './auth.ts';
import { cookieLine, parseCookies } from './cookies.ts';
import type { Visit } from './visit.ts';

export type LinkPurpose = 'confirm_email' | 'reset_password';

/** The pages that links lead to; each reads `token` from its query and posts it. */
const LINK_PATHS: Readonly<Record<LinkPurpose, string>> = {
  confirm_email: '/verify-email',
  reset_password: '/reset-password',
};

const LIFETIME_HOURS: Readonly<Record<LinkPurpose, number>> = { confirm_email: 24, reset_password: 1 };

/**
 * Makes a link that proves that its reader receives mail at `email`. Earlier ones go on working: people click any of their mails.
 * `next`, a path of this site, is where the person was going; the link's page leads on to it. `browser` is the one that asked.
 */
export async function createLink(
  auth: Auth, host: string, purpose: LinkPurpose, account: { id: string; email: string }, { next = '/', browser }: { next?: string | undefined; browser?: string } = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(auth.now().getTime() + LIFETIME_HOURS[purpose] * 60 * 60 * 1000);
  await auth.pool.query(
    `INSERT INTO identity_control.mail_link (token_hash, purpose, account_id, email, expires_at, browser_hash)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [hashOf(token), purpose, account.id, account.email, expiresAt, browser === undefined ? null : hashOf(browser)],
  );
  const onward = next === '/' ? '' : `&next=${encodeURIComponent(next)}`;
  return `${await auth.baseUrl(host)}${LINK_PATHS[purpose]}?token=${token}${onward}`;
}

/** What the token proves; it proves it once. Undefined when it is unknown, used or too old. */
export async function redeemLink(
  auth: Auth,
  client: pg.ClientBase,
  purpose: LinkPurpose,
  token: string,
): Promise<{ accountId: string; email: string; isFrom(browser: string | undefined): boolean } | undefined> {
  const { rows } = await client.query<{ account_id: string; email: string; browser_hash: Buffer | null }>(
    `DELETE FROM identity_control.mail_link WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
     RETURNING account_id, email, browser_hash`,
    [hashOf(token), purpose, auth.now()],
  );
  const link = rows[0];
  return link && { accountId: link.account_id, email: link.email, isFrom: (browser) => browser !== undefined && link.browser_hash?.equals(hashOf(browser)) === true };
}

/** Makes every link that was mailed for the account worthless. */
export async function revokeLinks(client: pg.Pool | pg.ClientBase, accountId: string): Promise<void> {
  await client.query('DELETE FROM identity_control.mail_link WHERE account_id = $1', [accountId]);
}

const browserCookie = (auth: Auth) => `${cookiePrefix(auth.secureCookies)}.sign_up`;

/** The secret by which the browser that signs up is known again when it follows the mail's link; it lives as long as the link. */
export const browserOf = (auth: Auth, visit: Visit): string | undefined => parseCookies(visit.cookie).get(browserCookie(auth));

export function newBrowser(auth: Auth): { browser: string; setCookie: string } {
  const browser = randomBytes(32).toString('base64url');
  return { browser, setCookie: cookieLine(auth, browserCookie(auth), browser, LIFETIME_HOURS.confirm_email * 60 * 60) };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
