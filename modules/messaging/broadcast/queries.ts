import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

export interface BroadcastRow { id: string; subject: string; body: string; audience: { kind: 'all' | 'stalled' | 'cohort' | 'chosen' }; authorId: string; createdAt: string; sentAt: string | null; recipients: number; delivered: number; read: number; answered: number }

/** What was sent to a course, the newest first, with how far it got. */
export async function listBroadcasts(tx: Tx, courseId: string, limit: number, after: readonly [createdAt: string, id: string] | null, id?: string): Promise<BroadcastRow[]> {
  const { rows } = await sql<BroadcastRow>`
    select b.id, b.subject, b.body, b.audience, b.author_id, b.created_at, b.sent_at, cardinality(b.recipient_ids) as recipients, c.delivered, c.read, c.answered
    from messaging.broadcast b
    cross join lateral (
      select count(*)::int as delivered, count(p.read_at)::int as read, count(*) filter (where exists (select from messaging.message m where m.thread_id = p.thread_id and m.author_id = p.member_id))::int as answered
      from messaging.participant p where p.broadcast_id = b.id and p.side = 'learner'
    ) c
    where b.course_id = ${courseId} ${id ? sql`and b.id = ${id}` : sql``} ${after ? sql`and (b.created_at, b.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by b.created_at desc, b.id desc limit ${limit}`.execute(tx);
  return rows;
}

/** The broadcast while it is on its way; locked, so that two workers take turns. */
export const lockOnItsWay = (tx: Tx, id: string) =>
  tx.selectFrom('messaging.broadcast').select(['id', 'courseId', 'authorId', 'subject', 'body']).where('id', '=', id).where('sentAt', 'is', null).forUpdate().executeTakeFirst();

/** Recipients who have no thread of it yet, without those who want nothing from its author. */
export async function nextRecipients(tx: Tx, id: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from messaging.broadcast b cross join lateral unnest(b.recipient_ids) r(id)
    where b.id = ${id} and not exists (select from messaging.participant p where p.broadcast_id = b.id and p.member_id = r.id and p.side = 'learner')
      and not exists (select from messaging.block k where k.member_id = r.id and k.blocked_id = b.author_id)
    order by r.id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

export const countSince = async (tx: Tx, authorId: string, since: string): Promise<number> =>
  (await tx.selectFrom('messaging.broadcast').select((is) => is.fn.countAll<number>().as('count')).where('authorId', '=', authorId).where('createdAt', '>', since).executeTakeFirstOrThrow()).count;
