import { sql, type Tx } from '@milpa/kernel';
import type { Auth } from '../account/auth.ts';

const tokenColumns = ['id', 'familyId', 'memberId', 'accountId', 'authenticatedAt', 'usedAt', 'revokedAt', 'expiresAt'] as const;

export type RefreshTokenRow = NonNullable<Awaited<ReturnType<typeof findToken>>>;

export const findToken = (tx: Tx, tokenHash: string) => tx.selectFrom('identity.refreshToken').select(tokenColumns).where('tokenHash', '=', tokenHash).executeTakeFirst();

/** From here to the end of the transaction no other token of the family is used or made. */
export const lockFamily = (tx: Tx, familyId: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`identity.tokens:${familyId}`}, 0))`.execute(tx);

export async function endFamily(tx: Tx, familyId: string): Promise<void> {
  await tx.updateTable('identity.refreshToken').set({ revokedAt: tx.now.toISOString() }).where('familyId', '=', familyId).where('revokedAt', 'is', null).execute();
}

/** Ends all of a member's tokens. */
export async function endFamiliesOf(tx: Tx, memberId: string): Promise<void> {
  await tx.updateTable('identity.refreshToken').set({ revokedAt: tx.now.toISOString() }).where('memberId', '=', memberId).where('revokedAt', 'is', null).execute();
}

/** When the account's password was last set; null when the account is gone. */
export async function passwordChangedAt(auth: Auth, accountId: string): Promise<Date | null> {
  const { rows } = await auth.pool.query<{ updated_at: Date }>(
    "select updated_at from identity_control.credential where account_id = $1 and provider_id = 'credential'", [accountId]);
  return rows[0]?.updated_at ?? null;
}
