/** Sensitive acts ask again who one is (decision 20). The session keeps when that was; signing in counts too. */
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Auth } from './auth.ts';
import { AccountError } from './errors.ts';
import { attempt, codeCounters, inSession, mailLocked, signInCounters } from './lockout.ts';
import { beginPasskeyUse, usePasskey } from './passkeys.ts';
import { accountById } from './queries.ts';
import { callEngine, freshFrom, requireAccount } from './sessions.ts';
import type { SignedInAccount } from './sessions.ts';
import { normalCode, useOnce } from './two-factor.ts';
import { cookieNames, engineHeaders } from './visit.ts';
import type { Visit } from './visit.ts';

export type Proof = { method: 'password'; password: string } | { method: 'code'; code: string } | { method: 'passkey'; response: AuthenticationResponseJSON };

export interface Confirmation {
  freshUntil: Date;
  /** Whether a code of the authenticator will do. */
  code: boolean;
  /** What the browser needs to offer the account's passkeys for this host; null without any. */
  passkey: PublicKeyCredentialRequestOptionsJSON | null;
}

/** How who is signed in can confirm that it is them, and until when they need not. */
export async function confirmationOf(auth: Auth, visit: Visit): Promise<Confirmation> {
  const { accountId, freshUntil, twoFactor } = await requireAccount(auth, visit);
  return { freshUntil, code: twoFactor, passkey: await beginPasskeyUse(auth, visit, accountId) };
}

/**
 * Backup codes do not count: they are for who has lost everything else, and are used up.
 * @throws AccountError `identity.password_wrong`, `identity.code_invalid`, `identity.two_factor_off`, `identity.passkey_refused`, `identity.locked`.
 */
export async function confirm(auth: Auth, visit: Visit, proof: Proof): Promise<{ freshUntil: Date }> {
  const account = await requireAccount(auth, visit);
  const counters = proof.method === 'passkey' ? []
    : proof.method === 'code' ? codeCounters(auth, visit, { id: account.accountId, email: account.email }) : signInCounters(auth, visit, account.email);
  await attempt(auth, inSession(counters), async (guess) => {
    try {
      await check(auth, visit, account, proof);
    } catch (error) {
      if (guess.exhausted) await mailLocked(auth, await accountById(auth.pool, account.accountId));
      throw error;
    }
    await guess.succeed();
  });
  const now = auth.now();
  const { rowCount } = await auth.pool.query('UPDATE identity_control.session SET confirmed_at = $2 WHERE id = $1', [account.sessionId, now]);
  if (rowCount === 0) throw new AccountError('identity.signed_out');
  return { freshUntil: freshFrom(now) };
}

async function check(auth: Auth, visit: Visit, { accountId, twoFactor }: SignedInAccount, proof: Proof): Promise<void> {
  if (proof.method === 'passkey') return void await usePasskey(auth, visit, proof.response, accountId);
  const headers = engineHeaders(visit, [(await cookieNames(auth)).session]);
  if (proof.method === 'password') return void await callEngine(auth.engine.api.verifyPassword({ body: { password: proof.password }, headers }));
  // Without this, the first code would switch on an authenticator whose set-up was begun.
  if (!twoFactor) throw new AccountError('identity.two_factor_off');
  const code = normalCode(proof.code);
  await useOnce(auth, accountId, code);
  await callEngine(auth.engine.api.verifyTOTP({ body: { code }, headers }));
}
