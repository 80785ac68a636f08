import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { CourseStatus, ReviewState } from '../tables.ts';

const columns = ['id', 'courseId', 'courseVersionId', 'state', 'comment', 'requestedBy', 'requestedAt', 'decidedBy', 'decidedAt'] as const;
export type ReviewRow = NonNullable<Awaited<ReturnType<typeof findLast>>>;

export const findLast = (tx: Tx, courseId: string) =>
  tx.selectFrom('catalog.courseReview').select(columns).where('courseId', '=', courseId).orderBy('requestedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();

/** Asks for a version; while one waits already, the newer one takes its place. @returns whether nothing waited before. */
export async function insertRequest(tx: Tx, courseId: string, courseVersionId: string): Promise<{ id: string; fresh: boolean }> {
  const now = tx.now.toISOString();
  const { rows } = await sql<{ id: string; fresh: boolean }>`
    insert into catalog.course_review (course_id, course_version_id, requested_by, requested_at) values (${courseId}, ${courseVersionId}, ${tx.actor.memberId}, ${now})
    on conflict (tenant_id, course_id) where state = 'requested' do update set course_version_id = excluded.course_version_id
    returning id, (xmax = 0) as fresh`.execute(tx);
  return rows[0]!;
}

/** Undefined when nothing waits. */
export const decide = (tx: Tx, courseId: string, state: Exclude<ReviewState, 'requested'>, comment = '') =>
  tx.updateTable('catalog.courseReview').set({ state, comment, decidedBy: tx.actor.memberId, decidedAt: tx.now.toISOString() })
    .where('courseId', '=', courseId).where('state', '=', 'requested').returning(columns).executeTakeFirst();

export interface WaitingRow extends ReviewRow { slug: string; title: string; courseStatus: CourseStatus }

export async function listWaiting(tx: Tx, limit: number, after: readonly [requestedAt: string, id: string] | null): Promise<WaitingRow[]> {
  let query = tx.selectFrom('catalog.courseReview as review').innerJoin('catalog.course as course', (join) => join.onRef('course.tenantId', '=', 'review.tenantId').onRef('course.id', '=', 'review.courseId'))
    .select(columns.map((column) => `review.${column}` as const)).select(['course.slug', 'course.title', 'course.status as courseStatus'])
    .where('review.state', '=', 'requested').orderBy('review.requestedAt').orderBy('review.id').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('review.requestedAt', 'review.id'), '>', where.tuple(after[0], after[1])));
  return query.execute();
}
