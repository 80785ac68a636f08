import { coursesByIds, findCourse, maySeeCourse, type CourseRow } from '@milpa/catalog';
import { memberCards, memberNames } from '@milpa/identity';
import { audienceOf } from '@milpa/learning';
import { decodeCursor, defineJob, enqueue, Problem, systemActor, toPage, type Database, type Job, type TenantDirectory, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { z } from 'zod';
import { problems } from '../problems.ts';
import { insertThread, lockWriting } from '../thread/queries.ts';
import { memberOf, write } from '../thread/thread.ts';
import type * as contract from './contract.ts';
import { countSince, listBroadcasts, lockOnItsWay, nextRecipients, type BroadcastRow } from './queries.ts';
import { fillIn } from './rules.ts';

const deliverRequest = { name: 'messaging.deliverBroadcast', maxAttempts: 8 };
/** Recipients of one transaction: enough to be quick, few enough to lose little. */
const stepSize = 50;
const mostInAnHour = 20;

/** Whose course it is, for endpoints about its learners. */
export const ownCourse = {
  resource: async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await findCourse(tx, input.params.courseId) ?? null,
  notFound: 'catalog.course_not_found', ownerId: (row: CourseRow) => row.ownerMemberId, isVisible: maySeeCourse,
};

async function views(tx: Tx, rows: readonly BroadcastRow[]): Promise<contract.Broadcast[]> {
  const names = await memberNames(tx, rows.map((row) => row.authorId));
  return rows.map(({ authorId, audience, ...row }) => ({ ...row, audience: audience.kind, author: names.get(authorId) ?? '' }));
}

/** Settles who gets it, and asks for its delivery. @throws Problem `messaging.nobody_to_write_to`, `messaging.too_many`. */
export async function send(tx: Tx, course: CourseRow, { subject, body, audience }: Input<typeof contract.sendBroadcast>['body']): Promise<contract.Broadcast> {
  const authorId = memberOf(tx.actor);
  await lockWriting(tx, authorId);
  if (await countSince(tx, authorId, new Date(tx.now.getTime() - 3_600_000).toISOString()) >= mostInAnHour) throw new Problem(problems.too_many, { headers: { 'retry-after': '3600' } });
  const recipientIds = (await audienceOf(tx, course.id, audience)).filter((id) => id !== authorId);
  if (recipientIds.length === 0) throw new Problem(problems.nobody_to_write_to);
  const { id } = await tx.insertInto('messaging.broadcast')
    .values({ courseId: course.id, authorId, subject, body, audience: JSON.stringify(audience) as never, recipientIds, createdAt: tx.now.toISOString(), sentAt: null }).returning('id').executeTakeFirstOrThrow();
  await enqueue(tx, deliverRequest, { tenantId: tx.tenant.id, broadcastId: id }, { key: id });
  return (await views(tx, await listBroadcasts(tx, course.id, 1, null, id)))[0]!;
}

export async function list(tx: Tx, course: CourseRow, { limit, cursor }: Input<typeof contract.listBroadcasts>['query']): Promise<Output<typeof contract.listBroadcasts>> {
  const { data, page } = toPage(await listBroadcasts(tx, course.id, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.createdAt, row.id]);
  return { data: await views(tx, data), page };
}

export async function preview(tx: Tx, course: CourseRow, { days, cohortId }: Input<typeof contract.previewAudience>['query']): Promise<Output<typeof contract.previewAudience>> {
  const [all, stalled, cohort] = await Promise.all([
    audienceOf(tx, course.id, { kind: 'all' }), audienceOf(tx, course.id, { kind: 'stalled', days }), cohortId ? audienceOf(tx, course.id, { kind: 'cohort', cohortId }) : null,
  ]);
  return { all: all.length, stalled: stalled.length, cohort: cohort?.length ?? null };
}

/** Delivers in steps, each a transaction of its own: killed at any moment and run again, nobody is forgotten and nobody gets it twice. */
export function deliverJob({ database, tenants }: { database: Database; tenants: TenantDirectory }): Job<{ tenantId: string; broadcastId: string }> {
  return defineJob({
    ...deliverRequest, payload: z.object({ tenantId: z.uuid(), broadcastId: z.uuid() }),
    async run({ tenantId, broadcastId }, { signal }) {
      const tenant = await tenants.byId(tenantId);
      if (!tenant) return;
      for (let more = true; more;) {
        signal.throwIfAborted();
        more = await database.withTenant(tenant, systemActor, (tx) => deliverStep(tx, broadcastId));
      }
    },
  });
}

/** @returns whether somebody may be left. */
async function deliverStep(tx: Tx, broadcastId: string): Promise<boolean> {
  const broadcast = await lockOnItsWay(tx, broadcastId);
  if (!broadcast) return false;
  const ids = await nextRecipients(tx, broadcastId, stepSize);
  const [cards, courses] = await Promise.all([memberCards(tx, ids), coursesByIds(tx, [broadcast.courseId])]);
  const course = courses.get(broadcast.courseId)?.title ?? '';
  for (const id of ids) {
    const values = { name: cards.get(id)?.name ?? '', course };
    const thread = { courseId: broadcast.courseId, subject: fillIn(broadcast.subject, values).slice(0, 150), broadcastId };
    const threadId = await insertThread(tx, thread, { learnerId: id, staffId: broadcast.authorId }, 'staff');
    await write(tx, threadId, broadcast.authorId, id, fillIn(broadcast.body, values).slice(0, 5000));
  }
  if (ids.length < stepSize) await tx.updateTable('messaging.broadcast').set({ sentAt: tx.now.toISOString() }).where('id', '=', broadcastId).execute();
  return ids.length === stepSize;
}
