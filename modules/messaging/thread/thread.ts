import { courseReviewApproved, courseReviewRequested, courseReviewReturned, coursesByIds, findCourse } from '@milpa/catalog';
import { administrators, memberCards, memberNames } from '@milpa/identity';
import { currentEnrollment, learnerWithdrawn, reviewHidden } from '@milpa/learning';
import { decodeCursor, enqueue, Problem, subscribe, toPage, type Actor, type Subscription, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { mailCopy, type MailDependencies } from '../mail/job.ts';
import { noticeTexts } from '../mail/texts.ts';
import { fillIn } from '../broadcast/rules.ts';
import { problems } from '../problems.ts';
import { hasReported } from '../report/queries.ts';
import type * as contract from './contract.ts';
import { countOpen, countWritten, findThread, hasBlocked, insertMessage, insertThread, listInbox, listMessages, lockWriting, markRead, putBlock, type ThreadRow } from './queries.ts';

/** Messages that a member may write in an hour: more is no conversation. */
const mostInAnHour = 60;

/** @throws Problem `messaging.thread_not_found` for who is no member. */
export function memberOf(actor: Actor): string {
  if (!actor.memberId) throw new Problem(problems.thread_not_found);
  return actor.memberId;
}

export async function inbox(tx: Tx, actor: Actor, { limit, cursor, state }: Input<typeof contract.listThreads>['query']): Promise<Output<typeof contract.listThreads>> {
  const memberId = memberOf(actor);
  const { data, page } = toPage(await listInbox(tx, memberId, state, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.lastMessageAt, row.id]);
  const [courses, names] = await Promise.all([coursesByIds(tx, data.map((row) => row.courseId)), memberNames(tx, data.map((row) => row.otherId))]);
  return {
    data: data.map(({ courseId, otherId, lastAuthorId, lastBody, ...row }) => ({
      ...row, course: courseOf(courses.get(courseId), courseId), with: { id: otherId, name: names.get(otherId) ?? '' }, last: { mine: lastAuthorId === memberId, excerpt: lastBody },
    })),
    page,
  };
}

const courseOf = (course: { slug: string; title: string } | undefined, id: string) => ({ id, slug: course?.slug ?? id, title: course?.title ?? '' });

export const unread = (tx: Tx, actor: Actor): Promise<{ unread: number; waiting: number }> => countOpen(tx, memberOf(actor));

/** @throws Problem `messaging.thread_not_found`. */
async function requireThread(tx: Tx, actor: Actor, id: string): Promise<ThreadRow> {
  const thread = await findThread(tx, id, memberOf(actor));
  if (!thread) throw new Problem(problems.thread_not_found);
  return thread;
}

export const get = async (tx: Tx, actor: Actor, id: string): Promise<contract.Thread> => view(tx, actor, await requireThread(tx, actor, id));

async function view(tx: Tx, actor: Actor, { id, subject, courseId, otherId }: ThreadRow): Promise<contract.Thread> {
  const memberId = memberOf(actor);
  const [messages, courses, names, blocked, reported] = await Promise.all([
    listMessages(tx, id), coursesByIds(tx, [courseId]), memberNames(tx, [otherId, memberId]), hasBlocked(tx, memberId, otherId), hasReported(tx, id, memberId),
  ]);
  return {
    id, subject, course: courseOf(courses.get(courseId), courseId), with: { id: otherId, name: names.get(otherId) ?? '' }, blocked, reported,
    messages: messages.map(({ authorId, ...message }) => ({ ...message, author: { id: authorId, name: names.get(authorId) ?? '' }, mine: authorId === memberId })),
  };
}

export async function read(tx: Tx, actor: Actor, id: string): Promise<void> {
  await requireThread(tx, actor, id);
  await markRead(tx, id, memberOf(actor));
}

/** @throws Problem `messaging.thread_not_found`, `messaging.blocked`, `messaging.too_many`. */
export async function reply(tx: Tx, actor: Actor, id: string, body: string): Promise<contract.Thread> {
  const thread = await requireThread(tx, actor, id);
  await requireWelcome(tx, memberOf(actor), thread.otherId);
  await write(tx, id, memberOf(actor), thread.otherId, body);
  return view(tx, actor, thread);
}

/** @throws Problem `learning.enrollment_not_found`, `messaging.nobody_teaches`, `messaging.blocked`, `messaging.too_many`. */
export async function start(tx: Tx, actor: Actor, courseId: string, { subject, body }: Input<typeof contract.startThread>['body']): Promise<contract.Thread> {
  const learnerId = memberOf(actor);
  if (!await currentEnrollment(tx, courseId, learnerId)) throw new Problem('learning.enrollment_not_found');
  const staffId = (await findCourse(tx, courseId))?.ownerMemberId;
  if (!staffId || staffId === learnerId) throw new Problem(problems.nobody_teaches);
  await requireWelcome(tx, learnerId, staffId);
  const id = await insertThread(tx, { courseId, subject, broadcastId: null }, { learnerId, staffId }, 'learner');
  await write(tx, id, learnerId, staffId, body);
  return get(tx, actor, id);
}

async function requireWelcome(tx: Tx, authorId: string, otherId: string): Promise<void> {
  if (await hasBlocked(tx, otherId, authorId)) throw new Problem(problems.blocked);
  await lockWriting(tx, authorId);
  if (await countWritten(tx, authorId, new Date(tx.now.getTime() - 3_600_000).toISOString()) >= mostInAnHour) throw new Problem(problems.too_many, { headers: { 'retry-after': '3600' } });
}

/** A message, and the job that sends its copy. */
export async function write(tx: Tx, threadId: string, authorId: string, recipientId: string, body: string): Promise<void> {
  const messageId = await insertMessage(tx, threadId, authorId, body);
  await enqueue(tx, mailCopy, { tenantId: tx.tenant.id, messageId, memberId: recipientId }, { key: `${messageId}:${recipientId}` });
}

export async function block(tx: Tx, actor: Actor, id: string, blocked: boolean): Promise<void> {
  const thread = await requireThread(tx, actor, id);
  await putBlock(tx, memberOf(actor), thread.otherId, blocked);
}

interface Notice { courseId: string; memberId: string; reason?: string; /** Where it can be acted upon. */ url?: string }

/** Tells a member of what was done and concerns them, in the name of who did it, so that they may answer; nobody hears of their own deeds. */
async function tell(tx: Tx, kind: keyof typeof noticeTexts, authorId: string | null, { courseId, memberId, reason = '', url = '' }: Notice): Promise<void> {
  if (!authorId || authorId === memberId) return;
  const [cards, courses] = await Promise.all([memberCards(tx, [memberId]), coursesByIds(tx, [courseId])]);
  const member = cards.get(memberId);
  const course = courses.get(courseId);
  if (!member || !course) return;
  const { subject, body } = noticeTexts[kind][member.locale];
  const id = await insertThread(tx, { courseId, subject, broadcastId: null }, { learnerId: memberId, staffId: authorId }, 'staff', !kind.startsWith('review'));
  // The reason goes in last and unread: blanks in it stay as they were written.
  await write(tx, id, authorId, memberId, fillIn(body, { name: member.name, course: course.title }).replace('{url}', () => url).replace('{reason}', () => reason));
}

export function threadHandlers({ tenants, originOf }: Pick<MailDependencies, 'tenants' | 'originOf'>): Subscription[] {
  const addressOf = async (tx: Tx, path: string): Promise<string> => {
    const tenant = await tenants.byId(tx.tenant.id);
    return tenant ? originOf(tenant) + path : '';
  };
  /** Who asked, and whose course it is. */
  const tellAuthors = async (tx: Tx, kind: 'reviewReturned' | 'reviewApproved', by: string | null, { courseId, requestedBy, comment = '' }: { courseId: string; requestedBy: string | null; comment?: string }) => {
    const course = await findCourse(tx, courseId);
    if (!course) return;
    const url = await addressOf(tx, kind === 'reviewReturned' ? `/teaching/${courseId}/publish` : `/courses/${encodeURIComponent(course.slug)}`);
    for (const memberId of new Set([requestedBy, course.ownerMemberId])) if (memberId) await tell(tx, kind, by, { courseId, memberId, reason: comment, url });
  };
  return [
    subscribe(learnerWithdrawn, 'messaging.tellWithdrawn', (tx, { payload, memberId }) => tell(tx, 'withdrawn', memberId, payload)),
    subscribe(reviewHidden, 'messaging.tellHidden', (tx, { payload, memberId }) => tell(tx, 'hidden', memberId, payload)),
    subscribe(courseReviewRequested, 'messaging.tellReviewers', async (tx, { payload: { courseId, requestedBy } }) => {
      const url = await addressOf(tx, `/teaching/${courseId}/publish`);
      for (const { id: memberId } of await administrators(tx, 'course:review')) await tell(tx, 'reviewRequested', requestedBy, { courseId, memberId, url });
    }),
    subscribe(courseReviewReturned, 'messaging.tellReturned', (tx, { payload, memberId }) => tellAuthors(tx, 'reviewReturned', memberId, payload)),
    subscribe(courseReviewApproved, 'messaging.tellApproved', (tx, { payload, memberId }) => tellAuthors(tx, 'reviewApproved', memberId, payload)),
  ];
}
