import { networkOf, type ControlTx } from '@milpa/kernel';
import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import type { Auth } from './auth.ts';
import { cookiePrefix, COOKIE_SECONDS, SESSION_DAYS } from './auth.ts';
import { cookieLine, parseCookies, readSigned, sign } from './cookies.ts';
import { deviceOf } from './device.ts';
import type { Device } from './device.ts';
import { AccountError, toAccountError } from './errors.ts';
import { rememberDevice } from './known-device.ts';
import { inTransaction, signOutEverywhere } from './queries.ts';
import { cookieNames, engineHeaders, hostOf, shownUserAgent } from './visit.ts';
import type { Visit } from './visit.ts';

export interface SignedInAccount {
  accountId: string;
  email: string;
  name: string;
  locale: string;
  emailVerified: boolean;
  sessionId: string;
  twoFactor: boolean;
  expiresAt: Date;
  /** Until when sensitive acts need no new proof of who it is; may be over. */
  freshUntil: Date;
}

export interface SessionView {
  id: string;
  device: Device;
  /** To the hour. */
  lastUsedAt: Date;
  createdAt: Date;
  /** The network it began in ("203.0.113.0", "2001:db8:7::"), null when unknown. */
  address: string | null;
  /** The one on which it is good. */
  host: string;
  current: boolean;
}

interface SessionRow {
  session_id: string;
  expires_at: Date;
  updated_at: Date;
  /** When its owner last proved who they are. */
  proved_at: Date;
  account_id: string;
  email: string;
  name: string;
  locale: string;
  email_verified: boolean;
  two_factor_enabled: boolean;
}

/** A session in use is prolonged at most this often, so that reading a page seldom writes. */
const TOUCH_MS = 60 * 60 * 1000;
/** How long a proof of who one is counts for sensitive acts. */
const FRESH_MS = 10 * 60 * 1000;

export const freshFrom = (provedAt: Date): Date => new Date(provedAt.getTime() + FRESH_MS);

/**
 * Who is signed in with this `Cookie` header on this host: one prepared query, and once an hour a second one that prolongs the
 * session. Null when nobody is, whether the cookie is missing, altered, expired, revoked, or was given on another host (decision 25).
 */
export async function accountOf(auth: Auth, visit: Pick<Visit, 'host' | 'cookie'>): Promise<SignedInAccount | null> {
  const token = sessionToken(auth, visit.cookie);
  if (token === undefined) return null;
  const now = auth.now();
  const { rows } = await auth.pool.query<SessionRow>({
    name: 'identity_account_of',
    text: `SELECT s.id AS session_id, s.expires_at, s.updated_at, coalesce(s.confirmed_at, s.created_at) AS proved_at, a.id AS account_id, a.email, a.name, a.locale,
             a.email_verified, a.two_factor_enabled
           FROM identity_control.session s JOIN identity_control.account a ON a.id = s.account_id
           WHERE s.token = $1 AND s.expires_at > $2 AND s.host = $3`,
    values: [token, now, hostOf(visit)],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const used = now.getTime() - row.updated_at.getTime();
  return {
    accountId: row.account_id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    emailVerified: row.email_verified,
    sessionId: row.session_id,
    twoFactor: row.two_factor_enabled,
    expiresAt: used < TOUCH_MS ? row.expires_at : await prolong(auth, row, now),
    freshUntil: freshFrom(row.proved_at),
  };
}

/** Gives the session its whole length again, whether that is two weeks or, on a shared computer, a day. */
async function prolong(auth: Auth, row: SessionRow, now: Date): Promise<Date> {
  const { rows } = await auth.pool.query<{ expires_at: Date }>(
    `UPDATE identity_control.session SET expires_at = $2::timestamptz + (expires_at - updated_at), updated_at = $2
     WHERE id = $1 RETURNING expires_at`,
    [row.session_id, now],
  );
  return rows[0]?.expires_at ?? row.expires_at;
}

/** The name under which browsers send the session. */
export function sessionCookieName(secureCookies: boolean): string {
  return `${cookiePrefix(secureCookies)}.session_token`;
}

function sessionToken(auth: Auth, cookieHeader: string | undefined): string | undefined {
  return readSigned(parseCookies(cookieHeader).get(sessionCookieName(auth.secureCookies)), auth.secret);
}

/** @throws AccountError `identity.signed_out` */
export async function requireAccount(auth: Auth, visit: Visit): Promise<SignedInAccount> {
  const account = await accountOf(auth, visit);
  if (account === null) throw new AccountError('identity.signed_out');
  return account;
}

/**
 * Signs in somebody who has proved by other means than Better Auth's who they are. Written as it writes sessions, which it then reads.
 * Without `remember` the session ends with the browser, and after a day.
 */
export async function openSession(auth: Auth, visit: Visit, account: { id: string; email: string }, remember: boolean): Promise<{ setCookies: string[] }> {
  const token = randomBytes(24).toString('base64url');
  const now = auth.now();
  const expiresAt = new Date(now.getTime() + (remember ? SESSION_DAYS : 1) * 24 * 60 * 60 * 1000);
  await auth.pool.query(
    `INSERT INTO identity_control.session (account_id, token, host, ip_address, user_agent, expires_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [account.id, token, hostOf(visit), networkOf(visit.address, 24, 48) || null, shownUserAgent(visit) ?? '', expiresAt, now],
  );
  const names = await cookieNames(auth);
  const lines = [cookieLine(auth, names.session, sign(token, auth.secret), remember ? COOKIE_SECONDS : undefined)];
  return { setCookies: remember ? [...lines, rememberDevice(auth, visit, account.email)] : [...lines, cookieLine(auth, names.forgetful, sign('true', auth.secret))] };
}

/** Ends this session; the cookies returned make the browser forget it. Also fine when nobody is signed in. */
export async function signOut(auth: Auth, visit: Visit): Promise<{ setCookies: string[] }> {
  const names = await cookieNames(auth);
  // Better Auth would end a session by the cookie alone, though it was given elsewhere.
  const own = await accountOf(auth, visit) ? [names.session, names.forgetful] : [];
  const { headers } = await callEngine(
    auth.engine.api.signOut({
      headers: engineHeaders(visit, own),
      returnHeaders: true,
    }),
  );
  return { setCookies: headers.getSetCookie() };
}

/** Where the account is signed in, the last used first. */
export async function listSessions(auth: Auth, visit: Visit): Promise<SessionView[]> {
  const account = await requireAccount(auth, visit);
  const { rows } = await auth.pool.query<{
    id: string;
    user_agent: string | null;
    ip_address: string | null;
    host: string;
    created_at: Date;
    updated_at: Date;
  }>(
    `SELECT id, user_agent, ip_address, host, created_at, updated_at FROM identity_control.session
     WHERE account_id = $1 AND expires_at > $2 ORDER BY updated_at DESC, id DESC`,
    [account.accountId, auth.now()],
  );
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.user_agent ?? ''),
    lastUsedAt: row.updated_at,
    createdAt: row.created_at,
    address: shortAddress(row.ip_address),
    host: row.host,
    current: row.id === account.sessionId,
  }));
}

/** @throws AccountError `identity.session_unknown` also when the session is somebody else's. */
export async function revokeSession(auth: Auth, visit: Visit, sessionId: string): Promise<void> {
  const account = await requireAccount(auth, visit);
  const { rowCount } = await auth.pool.query('DELETE FROM identity_control.session WHERE account_id = $1 AND id::text = $2', [account.accountId, sessionId]);
  if (rowCount === 0) throw new AccountError('identity.session_unknown');
}

/** Signs out everywhere else, API tokens included; devices that skipped the second step must show it again. */
export async function revokeOtherSessions(auth: Auth, visit: Visit): Promise<{ revoked: number }> {
  const account = await requireAccount(auth, visit);
  return { revoked: await inTransaction(auth.pool, (client) => signOutEverywhere(client, account.accountId, auth.now(), account.sessionId)) };
}

/** Awaits a call of Better Auth's and puts its refusals into our words. */
export async function callEngine<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw toAccountError(error);
  }
}

/** Better Auth writes IPv6 networks out: "2001:0db8:0007:0000:…" → "2001:db8:7::". */
function shortAddress(address: string | null): string | null {
  if (!address) return null;
  if (!address.includes(':')) return address;
  return `${address
    .split(':')
    .slice(0, 3)
    .map((group) => group.replace(/^0{1,3}/, ''))
    .join(':')}::`;
}

/** Signs everybody out on a host that leads here no longer; tokens made from those sessions end with them. */
export async function endSessionsAt(tx: ControlTx, host: string): Promise<void> {
  await sql`delete from identity_control.session where host = ${host}`.execute(tx);
}
