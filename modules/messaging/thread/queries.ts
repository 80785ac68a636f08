import { lock, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';

export interface InboxRow { id: string; subject: string; courseId: string; otherId: string; unread: number; awaitsReply: boolean; lastMessageAt: string; lastAuthorId: string; lastBody: string }

/** A member's inbox, after the thread of that time and id. */
export async function listInbox(tx: Tx, memberId: string, state: 'all' | 'unread' | 'waiting', limit: number, after: readonly [at: string, id: string] | null): Promise<InboxRow[]> {
  const only = { all: sql``, unread: sql`and me.unread > 0`, waiting: sql`and me.awaits_reply` }[state];
  const beyond = after ? sql`and (me.last_message_at, me.thread_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<InboxRow>`
    select t.id, t.subject, t.course_id, other.member_id as other_id, me.unread, me.awaits_reply, me.last_message_at, last.author_id as last_author_id, left(last.body, 200) as last_body
    from messaging.participant me
    join messaging.thread t on t.tenant_id = me.tenant_id and t.id = me.thread_id
    join messaging.participant other on other.tenant_id = me.tenant_id and other.thread_id = me.thread_id and other.member_id <> me.member_id
    cross join lateral (select author_id, body from messaging.message m where m.thread_id = me.thread_id order by m.id desc limit 1) last
    where me.member_id = ${memberId} and me.in_inbox ${only} ${beyond}
    order by me.last_message_at desc, me.thread_id desc limit ${limit}`.execute(tx);
  return rows;
}

export async function countOpen(tx: Tx, memberId: string): Promise<{ unread: number; waiting: number }> {
  const { rows } = await sql<{ unread: number; waiting: number }>`
    select count(*) filter (where unread > 0)::int as unread, count(*) filter (where awaits_reply and side = 'staff')::int as waiting
    from messaging.participant where member_id = ${memberId} and in_inbox`.execute(tx);
  return rows[0]!;
}

export interface ThreadRow { id: string; subject: string; courseId: string; otherId: string; side: 'learner' | 'staff' }

/** The thread as one of its two sees it. */
export async function findThread(tx: Tx, id: string, memberId: string): Promise<ThreadRow | undefined> {
  const { rows } = await sql<ThreadRow>`
    select t.id, t.subject, t.course_id, other.member_id as other_id, me.side from messaging.thread t
    join messaging.participant me on me.tenant_id = t.tenant_id and me.thread_id = t.id and me.member_id = ${memberId}
    join messaging.participant other on other.tenant_id = t.tenant_id and other.thread_id = t.id and other.member_id <> me.member_id
    where t.id = ${id}`.execute(tx);
  return rows[0];
}

/** The latest messages, the earliest of them first. */
export const listMessages = async (tx: Tx, threadId: string, limit = 200) =>
  (await tx.selectFrom('messaging.message').select(['id', 'authorId', 'body', 'createdAt']).where('threadId', '=', threadId).orderBy('id', 'desc').limit(limit).execute()).toReversed();

export const findMessage = (tx: Tx, id: string) =>
  tx.selectFrom('messaging.message as m').innerJoin('messaging.thread as t', 't.id', 'm.threadId').select(['m.id', 'm.threadId', 'm.authorId', 'm.body', 't.subject', 't.courseId']).where('m.id', '=', id).executeTakeFirst();

export async function insertThread(tx: Tx, thread: { courseId: string; subject: string; broadcastId: string | null }, people: { learnerId: string; staffId: string }, starter: 'learner' | 'staff', inSendersInbox = thread.broadcastId === null): Promise<string> {
  const now = tx.now.toISOString();
  const { id } = await tx.insertInto('messaging.thread').values({ ...thread, createdAt: now }).returning('id').executeTakeFirstOrThrow();
  await tx.insertInto('messaging.participant').values([
    { threadId: id, memberId: people.learnerId, side: 'learner', broadcastId: thread.broadcastId, lastMessageAt: now, readAt: starter === 'learner' ? now : null, inInbox: true },
    // Of a broadcast or a notice, the sender's inbox has only what is answered.
    { threadId: id, memberId: people.staffId, side: 'staff', broadcastId: thread.broadcastId, lastMessageAt: now, readAt: starter === 'staff' ? now : null, inInbox: inSendersInbox },
  ]).execute();
  return id;
}

/** Adds a message and tells both sides where they stand. @returns its id. */
export async function insertMessage(tx: Tx, threadId: string, authorId: string, body: string): Promise<string> {
  const now = tx.now.toISOString();
  const { id } = await tx.insertInto('messaging.message').values({ threadId, authorId, body, createdAt: now }).returning('id').executeTakeFirstOrThrow();
  await sql`
    update messaging.participant set last_message_at = ${now}, unread = case when member_id = ${authorId} then 0 else unread + 1 end,
      read_at = case when member_id = ${authorId} then ${now}::timestamptz else read_at end,
      awaits_reply = member_id <> ${authorId}, in_inbox = in_inbox or member_id <> ${authorId}
    where thread_id = ${threadId}`.execute(tx);
  return id;
}

export async function markRead(tx: Tx, threadId: string, memberId: string): Promise<void> {
  await tx.updateTable('messaging.participant').set({ unread: 0, readAt: tx.now.toISOString() }).where('threadId', '=', threadId).where('memberId', '=', memberId)
    .where((where) => where.or([where('unread', '>', 0), where('readAt', 'is', null)])).execute();
}

export const hasBlocked = async (tx: Tx, memberId: string, otherId: string): Promise<boolean> =>
  (await tx.selectFrom('messaging.block').select('createdAt').where('memberId', '=', memberId).where('blockedId', '=', otherId).executeTakeFirst()) !== undefined;

export async function putBlock(tx: Tx, memberId: string, blockedId: string, blocked: boolean): Promise<void> {
  if (blocked) await tx.insertInto('messaging.block').values({ memberId, blockedId, createdAt: tx.now.toISOString() }).onConflict((conflict) => conflict.columns(['tenantId', 'memberId', 'blockedId']).doNothing()).execute();
  else await tx.deleteFrom('messaging.block').where('memberId', '=', memberId).where('blockedId', '=', blockedId).execute();
}

/** From here to the end of the transaction nobody counts what the member wrote lately: of two messages at once, one is the last that is allowed. */
export const lockWriting = (tx: Tx, authorId: string) => lock(tx, 'messaging.writing', authorId);

export const countWritten = async (tx: Tx, authorId: string, since: string): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from messaging.message m join messaging.thread t on t.tenant_id = m.tenant_id and t.id = m.thread_id
    where m.author_id = ${authorId} and m.created_at > ${since} and (t.broadcast_id is null or m.created_at > t.created_at)`.execute(tx)).rows[0]!.count;
