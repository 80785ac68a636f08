import { sql, type Tx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';
import type { BulkInvitationOutcome } from '../tables.ts';
import type { ReadLine } from './rules.ts';

const columns = ['id', 'fileName', 'status', 'roleId', 'locale', 'memberId', 'permissions', 'createdAt', 'startedAt', 'finishedAt'] as const;
export type BulkRow = NonNullable<Awaited<ReturnType<typeof findBulk>>>;

export const findBulk = (tx: Tx, id: string) => tx.selectFrom('identity.bulkInvitation').select(columns).where('id', '=', id).executeTakeFirst();

export function listBulks(tx: Tx, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('identity.bulkInvitation').select(columns).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** A day that a role lasts until is over where the organisation is. */
export async function insertBulk(tx: Tx, bulk: { fileName: string; roleId: string; locale: Locale; memberId: string | null }, lines: readonly ReadLine[], timeZone: string): Promise<string> {
  const { id } = await tx.insertInto('identity.bulkInvitation').values({ ...bulk, createdAt: tx.now.toISOString() }).returning('id').executeTakeFirstOrThrow();
  await sql`insert into identity.bulk_invitation_line (bulk_invitation_id, line, name, email, role_text, role_id, roles_expire_at, locale, forecast)
    select ${id}, l.line, l.name, l.email, l."roleText", l."roleId", (l.until + 1)::timestamp at time zone ${timeZone}, l.locale, l.forecast
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) l(line int, name text, email text, "roleText" text, "roleId" uuid, until date, locale text, forecast text)`.execute(tx);
  return id;
}

/** By list: how many lines would become what, and how many became what. */
export async function countLines(tx: Tx, ids: readonly string[]): Promise<Map<string, { forecast: string; outcome: string | null; count: number }[]>> {
  const { rows } = await sql<{ bulkInvitationId: string; forecast: string; outcome: string | null; count: number }>`
    select bulk_invitation_id, forecast, outcome, count(*)::int as count from identity.bulk_invitation_line where bulk_invitation_id = any(${ids}::uuid[]) group by 1, 2, 3`.execute(tx);
  return Map.groupBy(rows, (row) => row.bulkInvitationId);
}

/** Lines of one outcome, or of one forecast as long as there is none. */
export function listLines(tx: Tx, bulkId: string, kind: string | undefined, limit: number, after: number) {
  let query = tx.selectFrom('identity.bulkInvitationLine').select(['line', 'name', 'email', 'roleText', 'roleId', 'rolesExpireAt', 'locale', 'forecast', 'outcome', 'doneAt'])
    .where('bulkInvitationId', '=', bulkId).where('line', '>', after).orderBy('line').limit(limit);
  if (kind) query = query.where(sql<boolean>`coalesce(outcome, forecast) = ${kind}`);
  return query.execute();
}

/** How many mails a draft asks for, and those that lists under way have still to send. */
export async function countToInvite(tx: Tx, id: string): Promise<{ own: number; others: number }> {
  const { rows: [counted] } = await sql<{ own: number; others: number }>`
    select count(*) filter (where b.id = ${id})::int as own, count(*) filter (where b.id <> ${id})::int as others
    from identity.bulk_invitation b join identity.bulk_invitation_line l on l.tenant_id = b.tenant_id and l.bulk_invitation_id = b.id
    where (b.id = ${id} or b.status = 'running') and l.outcome is null and l.forecast = 'invite'`.execute(tx);
  return counted!;
}

/** Begins a draft; false when it has begun already. What cannot be invited whatever happens meanwhile is settled at once. */
export async function startBulk(tx: Tx, id: string): Promise<boolean> {
  const now = tx.now.toISOString();
  const begun = await tx.updateTable('identity.bulkInvitation').set({ status: 'running', startedAt: now, permissions: [...tx.actor.permissions], memberId: tx.actor.memberId })
    .where('id', '=', id).where('status', '=', 'draft').returning('id').executeTakeFirst();
  if (!begun) return false;
  await sql`update identity.bulk_invitation_line set outcome = forecast, done_at = ${now}
    where bulk_invitation_id = ${id} and outcome is null and forecast in ('duplicate', 'bad_address', 'bad_date', 'bad_language', 'no_such_role')`.execute(tx);
  return true;
}

/** The list, if it is under way; locked, so that two workers of one list take turns. */
export const lockRunning = (tx: Tx, id: string) =>
  tx.selectFrom('identity.bulkInvitation').select(columns).where('id', '=', id).where('status', '=', 'running').forUpdate().executeTakeFirst();

export const nextLines = (tx: Tx, bulkId: string, limit: number) =>
  tx.selectFrom('identity.bulkInvitationLine').select(['line', 'name', 'email', 'roleId', 'rolesExpireAt', 'locale']).where('bulkInvitationId', '=', bulkId).where('outcome', 'is', null).orderBy('line').limit(limit).execute();

export async function settleLines(tx: Tx, bulkId: string, outcomes: readonly { line: number; outcome: BulkInvitationOutcome }[]): Promise<void> {
  await sql`update identity.bulk_invitation_line l set outcome = o.outcome, done_at = ${tx.now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) o(line int, outcome text) where l.bulk_invitation_id = ${bulkId} and l.line = o.line and l.outcome is null`.execute(tx);
}

export async function finishBulk(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('identity.bulkInvitation').set({ status: 'done', finishedAt: tx.now.toISOString() }).where('id', '=', id).where('status', '=', 'running').execute();
}

export const deleteDraft = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.deleteFrom('identity.bulkInvitation').where('id', '=', id).where('status', '=', 'draft').returning('id').executeTakeFirst()) !== undefined;
