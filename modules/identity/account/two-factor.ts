import type pg from 'pg';
import { renderSVG } from 'uqr';
import type { Auth } from './auth.ts';
import { parseCookies, readSigned } from './cookies.ts';
import { AccountError } from './errors.ts';
import { rememberDevice } from './known-device.ts';
import { attempt, codeCounters, keyedHash, mailLocked } from './lockout.ts';
import { accountById, forgetDevices, inTransaction } from './queries.ts';
import { callEngine, requireAccount } from './sessions.ts';
import type { SignedInAccount } from './sessions.ts';
import { cookieNames, engineHeaders } from './visit.ts';
import type { Visit } from './visit.ts';

/**
 * Answers the challenge that `signIn` left in a cookie. A trusted device skips it for 30 days from its last sign-in.
 * @throws AccountError `identity.code_invalid` (also for a code used before), `identity.challenge_expired` (sign in again),
 * `identity.locked`.
 */
export async function verifyTwoFactor(
  auth: Auth,
  visit: Visit,
  input: { method: 'totp' | 'backup_code'; code: string; trustDevice?: boolean },
): Promise<{ setCookies: string[] }> {
  const names = await cookieNames(auth);
  const accountId = await challengedAccount(auth, visit, names.challenge);
  const code = normalCode(input.code);
  const call = {
    body: { code, trustDevice: input.trustDevice ?? false },
    // Not the session's cookie: with it Better Auth would check the code for whoever was signed in before.
    headers: engineHeaders(visit, [names.challenge, names.forgetful]),
    returnHeaders: true as const,
  };
  const account = await accountById(auth.pool, accountId);
  if (!account) throw new AccountError('identity.challenge_expired');
  return attempt(auth, codeCounters(auth, visit, account), async (guess) => {
    try {
      if (input.method === 'totp') await useOnce(auth, accountId, code);
      const { headers } = await callEngine<{ headers: Headers }>(
        input.method === 'totp' ? auth.engine.api.verifyTOTP(call) : auth.engine.api.verifyBackupCode(call),
      );
      await guess.succeed();
      const remembered = input.trustDevice === true || !parseCookies(visit.cookie).has(names.forgetful);
      return { setCookies: [...headers.getSetCookie(), ...(remembered ? [rememberDevice(auth, visit, account.email)] : [])] };
    } catch (error) {
      if (guess.exhausted) await mailLocked(auth, account);
      throw error;
    }
  });
}

/**
 * Makes an authenticator secret that counts once `confirmTwoFactor` has seen a code of it. Asked again before that, it
 * makes a new one.
 * @throws AccountError `identity.two_factor_on`.
 */
export async function enableTwoFactor(auth: Auth, visit: Visit, input: { issuer?: string } = {}): Promise<{ otpauthUri: string; qrSvg: string; backupCodes: string[] }> {
  const headers = await sessionHeaders(auth, visit);
  const result = await callEngine(auth.trusting.enableTwoFactor({ body: { password: anyPassword, method: 'totp', ...input }, headers }));
  if (result.method !== 'totp') throw new Error('an authenticator was asked for');
  return { otpauthUri: result.totpURI, qrSvg: renderSVG(result.totpURI, { border: 4 }), backupCodes: result.backupCodes };
}

/**
 * The first code of the authenticator switches the second step on; this browser gets a new session.
 * @throws AccountError `identity.code_invalid`, `identity.two_factor_off` (nothing to confirm), `identity.locked`.
 */
export async function confirmTwoFactor(auth: Auth, visit: Visit, input: { code: string }): Promise<{ setCookies: string[] }> {
  const account = await requireAccount(auth, visit);
  const names = await cookieNames(auth);
  const code = normalCode(input.code);
  return attempt(auth, [{ kind: 'code', value: account.accountId }], async (guess) => {
    await useOnce(auth, account.accountId, code);
    const { headers } = await callEngine(
      auth.engine.api.verifyTOTP({
        body: { code },
        headers: engineHeaders(visit, [names.session, names.forgetful]),
        returnHeaders: true,
      }),
    );
    await guess.succeed();
    await mailAbout(auth, auth.pool, account, 'two_factor_enabled');
    return { setCookies: headers.getSetCookie() };
  });
}

/** Off already, it stays off. */
export async function disableTwoFactor(auth: Auth, visit: Visit): Promise<void> {
  const account = await requireAccount(auth, visit);
  await inTransaction(auth.pool, async (client) => {
    const { rowCount } = await client.query('UPDATE identity_control.account SET two_factor_enabled = false, updated_at = $2 WHERE id = $1 AND two_factor_enabled', [account.accountId, auth.now()]);
    await client.query('DELETE FROM identity_control.two_factor WHERE account_id = $1', [account.accountId]);
    await forgetDevices(client, account.accountId);
    if (rowCount === 1) await mailAbout(auth, client, account, 'two_factor_disabled');
  });
}

/** New backup codes; the old ones stop working. @throws AccountError `identity.two_factor_off`. */
export async function regenerateBackupCodes(auth: Auth, visit: Visit): Promise<{ backupCodes: string[] }> {
  const headers = await sessionHeaders(auth, visit);
  const { backupCodes } = await callEngine(auth.trusting.generateBackupCodes({ body: { password: anyPassword }, headers }));
  return { backupCodes };
}

/** Better Auth wants one; who comes here has shown already who they are. */
const anyPassword = 'any';

/** @throws AccountError `identity.signed_out` */
async function sessionHeaders(auth: Auth, visit: Visit): Promise<Headers> {
  await requireAccount(auth, visit);
  return engineHeaders(visit, [(await cookieNames(auth)).session]);
}

/** Whose challenge the cookie carries. Better Auth times challenges by the machine's clock. */
async function challengedAccount(auth: Auth, visit: Visit, cookieName: string): Promise<string> {
  const challenge = readSigned(parseCookies(visit.cookie).get(cookieName), auth.secret);
  const { rows } = await auth.pool.query<{ value: string }>('SELECT value FROM identity_control.verification WHERE identifier = $1 AND expires_at > $2', [
    challenge,
    new Date(),
  ]);
  if (rows[0] === undefined) throw new AccountError('identity.challenge_expired');
  return rows[0].value;
}

/** RFC 6238, 5.2: a code that was accepted is not accepted again. Codes go by the machine's clock. */
export async function useOnce(auth: Auth, accountId: string, code: string): Promise<void> {
  const { rowCount } = await auth.pool.query(
    `INSERT INTO identity_control.used_code AS u (account_id, code_hash, used_at) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, code_hash) DO UPDATE SET used_at = excluded.used_at
     WHERE u.used_at < excluded.used_at - interval '2 minutes'`,
    [accountId, keyedHash(auth, `${accountId}:${code}`), new Date()],
  );
  if (rowCount === 0) throw new AccountError('identity.code_invalid');
}

async function mailAbout(auth: Auth, client: pg.Pool | pg.ClientBase, account: SignedInAccount, kind: 'two_factor_enabled' | 'two_factor_disabled'): Promise<void> {
  await auth.sendMail(client, { kind, to: account.email, name: account.name, locale: account.locale });
}

/** Authenticators show "123 456", and people copy it so. */
export function normalCode(code: string): string {
  return code.replace(/\s/gu, '');
}
