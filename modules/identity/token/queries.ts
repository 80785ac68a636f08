import { lock, sql, type Tx } from '@milpa/kernel';
import type { Auth } from '../account/auth.ts';

const tokenColumns = ['id', 'familyId', 'memberId', 'accountId', 'authenticatedAt', 'sessionId', 'usedAt', 'revokedAt', 'expiresAt'] as const;

export type RefreshTokenRow = NonNullable<Awaited<ReturnType<typeof findToken>>>;

export const findToken = (tx: Tx, tokenHash: string) => tx.selectFrom('identity.refreshToken').select(tokenColumns).where('tokenHash', '=', tokenHash).executeTakeFirst();

/** From here to the end of the transaction no other token of the family is used or made. */
export const lockFamily = (tx: Tx, familyId: string) => lock(tx, 'identity.tokens', familyId);

export async function endFamily(tx: Tx, familyId: string): Promise<void> {
  await tx.updateTable('identity.refreshToken').set({ revokedAt: tx.now.toISOString() }).where('familyId', '=', familyId).where('revokedAt', 'is', null).execute();
}

/** Chains of tokens by which a member is signed in somewhere. */
export async function countApps(tx: Tx, memberId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct family_id)::int as count from identity.refresh_token where member_id = ${memberId} and revoked_at is null and used_at is null and expires_at > ${tx.now.toISOString()}::timestamptz`.execute(tx);
  return rows[0]!.count;
}

/** Ends all of a member's tokens. */
export async function endFamiliesOf(tx: Tx, memberId: string): Promise<void> {
  await tx.updateTable('identity.refreshToken').set({ revokedAt: tx.now.toISOString() }).where('memberId', '=', memberId).where('revokedAt', 'is', null).execute();
}

/**
 * Whether who proved then to be the account's owner still counts: it is there, has since neither got another password nor been signed
 * out everywhere, and the session in which that was, if it was in one, has not ended.
 */
export async function stillCounts(auth: Auth, { accountId, authenticatedAt, sessionId }: { accountId: string; authenticatedAt: string; sessionId?: string | null | undefined }): Promise<boolean> {
  const { rowCount } = await auth.pool.query({
    name: 'identity_still_counts',
    text: `select 1 from identity_control.account a join identity_control.credential c on c.account_id = a.id and c.provider_id = 'credential'
     where a.id = $1 and c.updated_at <= $2 and (a.signed_out_at is null or a.signed_out_at < $2)
       and ($3::uuid is null or exists (select 1 from identity_control.session s where s.id = $3 and s.account_id = a.id))`,
    values: [accountId, authenticatedAt, sessionId ?? null],
  });
  return rowCount === 1;
}
