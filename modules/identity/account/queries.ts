import type pg from 'pg';
import type { Auth } from './auth.ts';

export interface AccountRow {
  id: string;
  email: string;
  name: string;
  locale: string;
  emailVerified: boolean;
}

const ACCOUNT_COLUMNS = 'id, email, name, locale, email_verified AS "emailVerified"';

/** `email` in lower case. */
export async function findAccount(auth: Auth, email: string): Promise<AccountRow | undefined> {
  const { rows } = await auth.pool.query<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM identity_control.account WHERE email = $1`, [email]);
  return rows[0];
}

export async function accountById(pool: pg.Pool, id: string): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM identity_control.account WHERE id = $1`, [id]);
  return rows[0];
}

/** Until the transaction ends, so that two links of one account are taken one after the other. */
export async function lockAccount(client: pg.ClientBase, id: string): Promise<AccountRow | undefined> {
  const { rows } = await client.query<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM identity_control.account WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0];
}

/** Stores a password's hash the way Better Auth looks for it. */
export async function setPassword(client: pg.ClientBase, accountId: string, hash: string, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO identity_control.credential (account_id, provider_id, provider_account_id, password, created_at, updated_at)
     VALUES ($1::uuid, 'credential', $1::text, $2, $3, $3)
     ON CONFLICT (provider_id, provider_account_id) DO UPDATE SET password = excluded.password, updated_at = excluded.updated_at`,
    [accountId, hash, now],
  );
}

/** Ends the account's sessions, but for one, refresh tokens given until now, sign-ins that wait for their second step, and trust in devices. Returns how many sessions. */
export async function signOutEverywhere(client: pg.ClientBase, accountId: string, now: Date, exceptSessionId: string | null = null): Promise<number> {
  await client.query('UPDATE identity_control.account SET signed_out_at = $2 WHERE id = $1', [accountId, now]);
  await forgetDevices(client, accountId);
  const { rowCount } = await client.query('DELETE FROM identity_control.session WHERE account_id = $1 AND ($2::uuid IS NULL OR id <> $2)', [accountId, exceptSessionId]);
  return rowCount ?? 0;
}

/** Ends sign-ins that wait for their second step, and trust in devices. */
export async function forgetDevices(client: pg.Pool | pg.ClientBase, accountId: string): Promise<void> {
  await client.query('DELETE FROM identity_control.verification WHERE value = $1', [accountId]);
}

export async function inTransaction<Result>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}

/** Clears away what no longer has any effect; run it daily. Sign-ups that nobody confirmed for a month go too. */
export async function deleteExpired(auth: Auth): Promise<void> {
  const now = auth.now();
  const run = (sql: string) => auth.pool.query(sql, [now]);
  await run('DELETE FROM identity_control.session WHERE expires_at <= $1');
  await run('DELETE FROM identity_control.verification WHERE expires_at <= $1');
  await run('DELETE FROM identity_control.mail_link WHERE expires_at <= $1');
  await run(`DELETE FROM identity_control.lockout WHERE window_started_at < $1::timestamptz - interval '3 days'`);
  await run(`DELETE FROM identity_control.used_code WHERE used_at < $1::timestamptz - interval '1 hour'`);
  await run(`DELETE FROM identity_control.used_challenge WHERE used_at < $1::timestamptz - interval '1 hour'`);
  await run(`DELETE FROM identity_control.account WHERE NOT email_verified AND created_at < $1::timestamptz - interval '30 days'`);
}
