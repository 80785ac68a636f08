import { renderSVG } from 'uqr';
import type { Auth } from './auth.ts';
import { parseCookies, readSigned } from './cookies.ts';
import { AccountError } from './errors.ts';
import { rememberDevice } from './known-device.ts';
import { attempt, codeCounters, guessCounters, keyedHash, mailLocked } from './lockout.ts';
import { accountById, forgetDevices } from './queries.ts';
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
      const forgetful = parseCookies(visit.cookie).has(names.forgetful);
      return { setCookies: [...headers.getSetCookie(), ...(forgetful ? [] : [rememberDevice(auth, visit, account.email)])] };
    } catch (error) {
      if (guess.exhausted) await mailLocked(auth, account);
      throw error;
    }
  });
}

/**
 * Makes an authenticator secret that counts once `confirmTwoFactor` has seen a code of it. Asked again before that, it
 * makes a new one.
 * @throws AccountError `identity.password_wrong`, `identity.two_factor_on`, `identity.locked`.
 */
export async function enableTwoFactor(
  auth: Auth,
  visit: Visit,
  input: { password: string; issuer?: string },
): Promise<{ otpauthUri: string; qrSvg: string; backupCodes: string[] }> {
  const { password, issuer } = input;
  const result = await withPassword(auth, visit, (headers) =>
    auth.engine.api.enableTwoFactor({ body: { password, method: 'totp', ...(issuer === undefined ? {} : { issuer }) }, headers }),
  );
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
  return attempt(auth, guessCounters(visit, { kind: 'code', value: account.accountId }), async (guess) => {
    await useOnce(auth, account.accountId, code);
    const { headers } = await callEngine(
      auth.engine.api.verifyTOTP({
        body: { code },
        headers: engineHeaders(visit, [names.session, names.forgetful]),
        returnHeaders: true,
      }),
    );
    await guess.succeed();
    await mailAbout(auth, account, 'two_factor_enabled');
    return { setCookies: headers.getSetCookie() };
  });
}

/** @throws AccountError `identity.password_wrong`, `identity.locked`. */
export async function disableTwoFactor(auth: Auth, visit: Visit, input: { password: string }): Promise<{ setCookies: string[] }> {
  const account = await requireAccount(auth, visit);
  const { headers } = await withPassword(auth, visit, (headers) =>
    auth.engine.api.disableTwoFactor({ body: { password: input.password }, headers, returnHeaders: true }),
  );
  await forgetDevices(auth.pool, account.accountId);
  await mailAbout(auth, account, 'two_factor_disabled');
  return { setCookies: headers.getSetCookie() };
}

/** New backup codes; the old ones stop working. @throws AccountError `identity.password_wrong`, `identity.two_factor_off`. */
export async function regenerateBackupCodes(auth: Auth, visit: Visit, input: { password: string }): Promise<{ backupCodes: string[] }> {
  const { backupCodes } = await withPassword(auth, visit, (headers) => auth.engine.api.generateBackupCodes({ body: { password: input.password }, headers }));
  return { backupCodes };
}

/** Makes a call that checks the password of who is signed in, and counts wrong ones. */
async function withPassword<Result>(auth: Auth, visit: Visit, call: (headers: Headers) => Promise<Result>): Promise<Result> {
  const account = await requireAccount(auth, visit);
  const names = await cookieNames(auth);
  return attempt(auth, guessCounters(visit, { kind: 'password', value: account.accountId }), async (guess) => {
    const result = await callEngine(call(engineHeaders(visit, [names.session, names.forgetful, names.trustedDevice])));
    await guess.succeed();
    return result;
  });
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
async function useOnce(auth: Auth, accountId: string, code: string): Promise<void> {
  const { rowCount } = await auth.pool.query(
    `INSERT INTO identity_control.used_code AS u (account_id, code_hash, used_at) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, code_hash) DO UPDATE SET used_at = excluded.used_at
     WHERE u.used_at < excluded.used_at - interval '2 minutes'`,
    [accountId, keyedHash(auth, `${accountId}:${code}`), new Date()],
  );
  if (rowCount === 0) throw new AccountError('identity.code_invalid');
}

async function mailAbout(auth: Auth, account: SignedInAccount, kind: 'two_factor_enabled' | 'two_factor_disabled'): Promise<void> {
  await auth.sendMail(auth.pool, { kind, to: account.email, name: account.name, locale: account.locale });
}

/** Authenticators show "123 456", and people copy it so. */
function normalCode(code: string): string {
  return code.replace(/\s/gu, '');
}
