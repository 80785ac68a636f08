/** API tokens of a member: a short one that is believed by its signature, and a long one that is used once for the next pair. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Problem, problems as kernelProblems, systemActor, type Database, type RequestContext, type Tenant, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { standingOf } from '../access/queries.ts';
import type { Auth } from '../account/auth.ts';
import { problems } from '../problems.ts';
import type { createToken, TokenPair } from './contract.ts';
import { accessTokenSeconds, signAccessToken, type TokenKeys } from './jwt.ts';
import { endFamily, findToken, lockFamily, stillCounts, type RefreshTokenRow } from './queries.ts';
import { accountByPassword } from './sign-in.ts';

export interface TokenOptions { database: Database; auth: Auth; keys: TokenKeys; visitorPermissions: () => readonly string[] }

const refreshDays = 7;
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

interface Family { familyId: string; authenticatedAt: string; sessionId: string | null }

async function issue(tx: Tx, { keys, visitorPermissions }: TokenOptions, accountId: string, family: Family): Promise<TokenPair> {
  const standing = await standingOf(tx, accountId, visitorPermissions());
  if (!standing) throw new Problem(problems.not_a_member);
  if (standing.status !== 'active') throw new Problem(problems.member_suspended);
  const refreshToken = randomBytes(32).toString('base64url');
  await tx.insertInto('identity.refreshToken').values({
    ...family, memberId: standing.id, accountId, tokenHash: hashOf(refreshToken), usedAt: null, revokedAt: null,
    expiresAt: new Date(tx.now.getTime() + refreshDays * 86_400_000).toISOString(),
  }).execute();
  const accessToken = await signAccessToken(keys, { accountId, tenantId: tx.tenant.id, memberId: standing.id, permissions: standing.permissions.toSorted(), authenticatedAt: family.authenticatedAt, sessionId: family.sessionId }, tx.now);
  return { accessToken, tokenType: 'Bearer', expiresIn: accessTokenSeconds, refreshToken };
}

/** Tokens for the session's member who has proved lately who they are, or for who the body proves to be. A token makes no other: that one would outlive it. */
export async function create(tx: Tx, options: TokenOptions, request: RequestContext, { email, password, code }: Input<typeof createToken>['body']): Promise<TokenPair> {
  const byPassword = email !== undefined && password !== undefined;
  const sessionId = byPassword ? null : request.sessionId;
  const accountId = byPassword ? await accountByPassword(options.auth, request, { email, password, code }) : sessionId === null ? null : request.actor.accountId;
  if (accountId === null) throw new Problem(kernelProblems.unauthenticated);
  // A token is good on all hosts of the organisation, a session on its own (decision 25): a cookie alone, however old, must not become one.
  if (!byPassword && !request.fresh) throw new Problem(kernelProblems.confirmation_required);
  return issue(tx, options, accountId, { familyId: randomUUID(), authenticatedAt: tx.now.toISOString(), sessionId });
}

type Refusal = 'token_invalid' | 'token_reused' | 'token_race';

/**
 * The next pair. Works in a transaction of its own, because what a refusal ends must stay ended.
 * @throws Problem `identity.token_reused` for one that was used before, which ends its family; `identity.token_race` when another
 * request used it at this very moment, which then has the new pair; `identity.token_invalid`.
 */
export async function refresh(tenant: Tenant, options: TokenOptions, token: string): Promise<TokenPair> {
  const outcome = await options.database.withTenant(tenant, systemActor, async (tx): Promise<TokenPair | Refusal> => {
    const seen = await findToken(tx, hashOf(token));
    if (!seen) return 'token_invalid';
    await lockFamily(tx, seen.familyId);
    const row = (await findToken(tx, hashOf(token)))!;
    if (seen.usedAt !== null) {
      await endFamily(tx, row.familyId);
      return 'token_reused';
    }
    if (row.usedAt !== null) return 'token_race';
    if (!await isGood(tx, options, row)) return 'token_invalid';
    await tx.updateTable('identity.refreshToken').set({ usedAt: tx.now.toISOString() }).where('id', '=', row.id).execute();
    return issue(tx, options, row.accountId, { familyId: row.familyId, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId });
  });
  if (typeof outcome === 'string') throw new Problem(problems[outcome]);
  return outcome;
}

/** Not expired or ended, its member is still there, and so is what proved it. */
async function isGood(tx: Tx, { auth, visitorPermissions }: TokenOptions, row: RefreshTokenRow): Promise<boolean> {
  if (row.revokedAt !== null || Date.parse(row.expiresAt) <= tx.now.getTime()) return false;
  const [counts, standing] = await Promise.all([stillCounts(auth, row), standingOf(tx, row.accountId, visitorPermissions())]);
  return counts && standing?.status === 'active';
}

/** Ends the token's family; an unknown one ends nothing. */
export async function end(tx: Tx, token: string): Promise<void> {
  const row = await findToken(tx, hashOf(token));
  if (!row) return;
  await lockFamily(tx, row.familyId);
  await endFamily(tx, row.familyId);
}
