import type { Tx } from '@milpa/kernel';

export const hasReported = async (tx: Tx, threadId: string, memberId: string): Promise<boolean> =>
  (await tx.selectFrom('messaging.report').select('createdAt').where('threadId', '=', threadId).where('memberId', '=', memberId).executeTakeFirst()) !== undefined;

export async function putReport(tx: Tx, threadId: string, memberId: string, reason: string): Promise<void> {
  await tx.insertInto('messaging.report').values({ threadId, memberId, reason, createdAt: tx.now.toISOString(), settledAt: null })
    .onConflict((conflict) => conflict.columns(['tenantId', 'threadId', 'memberId']).doNothing()).execute();
}

/** Open ones, the longest waiting first. */
export function listOpen(tx: Tx, limit: number, after: readonly [createdAt: string, threadId: string] | null) {
  let query = tx.selectFrom('messaging.report as r').innerJoin('messaging.thread as t', 't.id', 'r.threadId').select(['r.threadId', 'r.memberId', 'r.reason', 'r.createdAt', 't.subject'])
    .where('r.settledAt', 'is', null).orderBy('r.createdAt').orderBy('r.threadId').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('r.createdAt', 'r.threadId'), '>', where.tuple(after[0], after[1])));
  return query.execute();
}

/** False where nothing was reported. */
export async function settle(tx: Tx, threadId: string): Promise<boolean> {
  const known = await tx.selectFrom('messaging.report').select('memberId').where('threadId', '=', threadId).limit(1).executeTakeFirst();
  await tx.updateTable('messaging.report').set({ settledAt: tx.now.toISOString() }).where('threadId', '=', threadId).where('settledAt', 'is', null).execute();
  return known !== undefined;
}
