/** Proving who one is without a browser. */
import { Problem, type RequestContext } from '@milpa/kernel';
import { signIn } from '../account/accounts.ts';
import type { Auth } from '../account/auth.ts';
import { accountOf, signOut } from '../account/sessions.ts';
import { verifyTwoFactor } from '../account/two-factor.ts';
import { answering, visitOf } from '../account-endpoints/answer.ts';
import { problems } from '../problems.ts';

const cookieHeader = (setCookies: readonly string[]) => setCookies.map((cookie) => cookie.slice(0, cookie.indexOf(';'))).join('; ');

/**
 * The account of e-mail, password and, where it has a second step, code. Goes the way of every sign-in, with its lock-out, and
 * leaves no session behind.
 */
export async function accountByPassword(auth: Auth, request: RequestContext, proof: { email: string; password: string; code?: string | undefined }): Promise<string> {
  const visit = { ...visitOf(request), cookie: undefined };
  return answering(async () => {
    const first = await signIn(auth, visit, { email: proof.email, password: proof.password, remember: false });
    if (first.twoFactorRequired && proof.code === undefined) throw new Problem(problems.code_required);
    const last = first.twoFactorRequired
      ? await verifyTwoFactor(auth, { ...visit, cookie: cookieHeader(first.setCookies) }, { method: 'totp', code: proof.code ?? '' })
      : first;
    const cookie = cookieHeader(last.setCookies);
    const account = await accountOf(auth, { ...visit, cookie });
    if (!account) throw new Error('A sign-in left no session.');
    await signOut(auth, { ...visit, cookie });
    return account.accountId;
  });
}
