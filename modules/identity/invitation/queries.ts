import { lock, sql, type Tx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';
import type { InvitationStatus } from '../tables.ts';

const invitationColumns = ['id', 'email', 'roleIds', 'locale', 'status', 'mailing', 'invitedBy', 'acceptedBy', 'name', 'rolesExpireAt', 'expiresAt', 'createdAt'] as const;

export type InvitationRow = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;

export const findInvitation = (tx: Tx, id: string) => tx.selectFrom('identity.invitation').select(invitationColumns).where('id', '=', id).executeTakeFirst();
export const findByToken = (tx: Tx, tokenHash: string) => tx.selectFrom('identity.invitation').select(invitationColumns).where('tokenHash', '=', tokenHash).executeTakeFirst();

/** From here to the end of the transaction nobody else invites that address to this tenant. */
export const lockAddress = (tx: Tx, email: string) => lock(tx, 'identity.invitation', email);

/** From here to the end of the transaction nobody else gives places away, or mails of the day. */
export const lockLists = (tx: Tx) => lock(tx, 'identity.lists');

/** When invitations were mailed to the address after that moment, the latest first; withdrawn ones count. */
export async function mailsSince(tx: Tx, email: string, since: string): Promise<string[]> {
  const { rows } = await sql<{ at: string }>`
    select at from identity.invitation, unnest(mailed_at) as at where email = ${email} and at > ${since}::timestamptz order by at desc`.execute(tx);
  return rows.map((row) => row.at);
}

/** Makes the address's pending invitation, or renews it: the token of `hash` (of id and number of the mail) replaces the one before. Mails until `mailsCountedFrom` are forgotten. */
export async function putInvitation(tx: Tx, fields: { email: string; roleIds: string[]; locale: Locale; invitedBy: string | null; name: string | null; rolesExpireAt: string | null; expiresAt: string; mailsCountedFrom: string }, hash: (id: string, mailing: number) => string): Promise<InvitationRow> {
  const now = tx.now.toISOString();
  const { rows } = await sql<{ id: string; mailing: number }>`
    insert into identity.invitation as before (email, role_ids, locale, token_hash, invited_by, name, roles_expire_at, expires_at, created_at, updated_at, mailed_at)
    values (${fields.email}, ${fields.roleIds}::uuid[], ${fields.locale}, uuidv7()::text, ${fields.invitedBy}, ${fields.name}, ${fields.rolesExpireAt}, ${fields.expiresAt}, ${now}, ${now}, array[${now}::timestamptz])
    on conflict (tenant_id, email) where status = 'pending' do update set
      role_ids = excluded.role_ids, locale = excluded.locale, invited_by = excluded.invited_by, name = coalesce(excluded.name, before.name), roles_expire_at = excluded.roles_expire_at, expires_at = excluded.expires_at, updated_at = excluded.updated_at, mailing = before.mailing + 1,
      mailed_at = array(select at from unnest(before.mailed_at) as at where at > ${fields.mailsCountedFrom}::timestamptz) || excluded.mailed_at
    returning id, mailing`.execute(tx);
  const { id, mailing } = rows[0]!;
  await tx.updateTable('identity.invitation').set({ tokenHash: hash(id, mailing) }).where('id', '=', id).execute();
  return (await findInvitation(tx, id))!;
}

/** Invitations, the newest first. */
export function listNewest(tx: Tx, status: InvitationStatus | undefined, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('identity.invitation').select(invitationColumns).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (status) query = query.where('status', '=', status);
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** Withdraws a pending invitation; false when there is none. */
export const revoke = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.updateTable('identity.invitation').set({ status: 'revoked', updatedAt: tx.now.toISOString() }).where('id', '=', id).where('status', '=', 'pending').returning('id').executeTakeFirst()) !== undefined;

/** Locks a pending invitation that is not too old until the transaction ends. */
export const lockPending = (tx: Tx, tokenHash: string) =>
  tx.selectFrom('identity.invitation').select(invitationColumns).where('tokenHash', '=', tokenHash).where('status', '=', 'pending').where('expiresAt', '>', tx.now.toISOString()).forUpdate().executeTakeFirst();

/** The address's pending invitation. */
export const pendingOf = (tx: Tx, email: string) =>
  tx.selectFrom('identity.invitation').select(invitationColumns).where('email', '=', email).where('status', '=', 'pending').executeTakeFirst();

/** People whom an invitation awaits that still works. */
export const countWaiting = async (tx: Tx): Promise<number> =>
  (await tx.selectFrom('identity.invitation').select((is) => is.fn.countAll<number>().as('count')).where('status', '=', 'pending').where('expiresAt', '>', tx.now.toISOString()).executeTakeFirstOrThrow()).count;

/** Which of these addresses have an invitation that still works. */
export async function waitingAmong(tx: Tx, emails: readonly string[]): Promise<Set<string>> {
  const rows = await tx.selectFrom('identity.invitation').select('email').where('status', '=', 'pending').where('expiresAt', '>', tx.now.toISOString()).where(sql<boolean>`email = any(${[...new Set(emails)]}::text[])`).execute();
  return new Set(rows.map((row) => row.email));
}

/** The address's pending invitation, locked until the transaction ends. */
export const lockPendingOf = (tx: Tx, email: string) =>
  tx.selectFrom('identity.invitation').select(invitationColumns).where('email', '=', email).where('status', '=', 'pending').forUpdate().executeTakeFirst();

export async function markAccepted(tx: Tx, id: string, memberId: string): Promise<void> {
  await tx.updateTable('identity.invitation').set({ status: 'accepted', acceptedBy: memberId, updatedAt: tx.now.toISOString() }).where('id', '=', id).execute();
}
