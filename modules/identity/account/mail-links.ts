import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Auth } from './auth.ts';

export type LinkPurpose = 'confirm_email' | 'reset_password';

/** The pages that links lead to; each reads `token` from its query and posts it. */
const LINK_PATHS: Readonly<Record<LinkPurpose, string>> = {
  confirm_email: '/verify-email',
  reset_password: '/reset-password',
};

const LIFETIME_HOURS: Readonly<Record<LinkPurpose, number>> = { confirm_email: 24, reset_password: 1 };

/**
 * Makes a link that proves that its reader receives mail at `email`. Earlier ones go on working: people click any of their mails.
 * `next`, a path of this site, is where the person was going; the link's page leads on to it.
 */
export async function createLink(auth: Auth, host: string, purpose: LinkPurpose, account: { id: string; email: string }, next = '/'): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(auth.now().getTime() + LIFETIME_HOURS[purpose] * 60 * 60 * 1000);
  await auth.pool.query(
    `INSERT INTO identity_control.mail_link (token_hash, purpose, account_id, email, expires_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [hashOf(token), purpose, account.id, account.email, expiresAt],
  );
  const onward = next === '/' ? '' : `&next=${encodeURIComponent(next)}`;
  return `${auth.baseUrl(host)}${LINK_PATHS[purpose]}?token=${token}${onward}`;
}

/** What the token proves; it proves it once. Undefined when it is unknown, used or too old. */
export async function redeemLink(
  auth: Auth,
  client: pg.ClientBase,
  purpose: LinkPurpose,
  token: string,
): Promise<{ accountId: string; email: string } | undefined> {
  const { rows } = await client.query<{ account_id: string; email: string }>(
    `DELETE FROM identity_control.mail_link WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
     RETURNING account_id, email`,
    [hashOf(token), purpose, auth.now()],
  );
  const link = rows[0];
  return link && { accountId: link.account_id, email: link.email };
}

/** Makes every link that was mailed for the account worthless. */
export async function revokeLinks(client: pg.Pool | pg.ClientBase, accountId: string): Promise<void> {
  await client.query('DELETE FROM identity_control.mail_link WHERE account_id = $1', [accountId]);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
