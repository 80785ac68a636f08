import { lock, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['id', 'courseId', 'memberId', 'rating', 'body', 'answer', 'answeredAt', 'hiddenAt', 'hiddenReason', 'createdAt', 'updatedAt'] as const;
export type ReviewRow = NonNullable<Awaited<ReturnType<typeof findReview>>>;

export const findReview = (tx: Tx, id: string) => tx.selectFrom('learning.review').select(columns).where('id', '=', id).executeTakeFirst();
export const reviewOf = (tx: Tx, courseId: string, memberId: string) =>
  tx.selectFrom('learning.review').select(columns).where('courseId', '=', courseId).where('memberId', '=', memberId).executeTakeFirst();

/** Ratings of a course change one at a time, so that its average is that of all of them. */
export const lockRatings = (tx: Tx, courseId: string) => lock(tx, 'learning.review', courseId);

export async function countRatings(tx: Tx, courseId: string): Promise<Map<number, number>> {
  const rows = await tx.selectFrom('learning.review').select((is) => ['rating', is.fn.countAll<number>().as('count')]).where('courseId', '=', courseId).where('hiddenAt', 'is', null).groupBy('rating').execute();
  return new Map(rows.map((row) => [row.rating, row.count]));
}

export type ReviewSort = 'newest' | 'highest' | 'lowest';

/** Reviews that are not hidden, after the one with this key and id. */
export function listShown(tx: Tx, courseId: string, sort: ReviewSort, rating: number | undefined, limit: number, after: readonly [key: string, id: string] | null) {
  const column = sort === 'newest' ? 'createdAt' : 'rating';
  const direction = sort === 'lowest' ? 'asc' : 'desc';
  let query = tx.selectFrom('learning.review').select(columns).where('courseId', '=', courseId).where('hiddenAt', 'is', null).orderBy(column, direction).orderBy('id', direction).limit(limit);
  if (rating) query = query.where('rating', '=', rating);
  if (after) {
    const key = sort === 'newest' ? after[0] : Number(after[0]);
    query = query.where((where) => where(where.refTuple(column, 'id'), direction === 'asc' ? '>' : '<', where.tuple(key, after[1])));
  }
  return query.execute();
}

/** What of the course the member ever did. */
export async function standingOf(tx: Tx, courseId: string, memberId: string): Promise<{ enrollments: number; completedLessons: number }> {
  const { rows } = await sql<{ enrollments: number; completedLessons: number }>`
    select count(distinct e.id)::int as enrollments, count(p.lesson_id)::int as completed_lessons
    from learning.enrollment e left join learning.lesson_progress p on p.tenant_id = e.tenant_id and p.enrollment_id = e.id where e.course_id = ${courseId} and e.member_id = ${memberId}`.execute(tx);
  return rows[0]!;
}

export async function putReview(tx: Tx, courseId: string, memberId: string, { rating, body }: { rating: number; body: string }): Promise<{ id: string; isNew: boolean }> {
  const now = tx.now.toISOString();
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    insert into learning.review as before (course_id, member_id, rating, body, created_at, updated_at) values (${courseId}, ${memberId}, ${rating}, ${body}, ${now}, ${now})
    on conflict (tenant_id, course_id, member_id) do update set rating = excluded.rating, body = excluded.body, updated_at = excluded.updated_at, version = before.version + 1
    returning id, version = 1 as is_new`.execute(tx);
  return rows[0]!;
}

export async function putReport(tx: Tx, reviewId: string, memberId: string, reason: string): Promise<void> {
  await tx.insertInto('learning.reviewReport').values({ reviewId, memberId, reason, createdAt: tx.now.toISOString(), settledAt: null })
    .onConflict((conflict) => conflict.columns(['tenantId', 'reviewId', 'memberId']).doNothing()).execute();
}

export async function settleReports(tx: Tx, reviewId: string): Promise<void> {
  await tx.updateTable('learning.reviewReport').set({ settledAt: tx.now.toISOString() }).where('reviewId', '=', reviewId).where('settledAt', 'is', null).execute();
}

export const openReports = (tx: Tx, reviewIds: readonly string[]) => reviewIds.length === 0 ? Promise.resolve([])
  : tx.selectFrom('learning.reviewReport').select(['reviewId', 'reason', 'createdAt']).where('reviewId', 'in', reviewIds).where('settledAt', 'is', null).orderBy('createdAt').execute();

/** Reported ones that stand, or hidden ones; the newest first. */
export function listModerated(tx: Tx, state: 'reported' | 'hidden', limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.review').select(columns).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  query = state === 'hidden' ? query.where('hiddenAt', 'is not', null)
    : query.where('hiddenAt', 'is', null).where('id', 'in', tx.selectFrom('learning.reviewReport').select('reviewId').where('settledAt', 'is', null));
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** By course: reviews since then that nobody has answered. */
export async function countUnanswered(tx: Tx, courseIds: readonly string[], since: string): Promise<Map<string, number>> {
  if (courseIds.length === 0) return new Map();
  const rows = await tx.selectFrom('learning.review').select((is) => ['courseId', is.fn.countAll<number>().as('count')]).where('courseId', 'in', courseIds)
    .where('createdAt', '>', since).where('answer', 'is', null).where('hiddenAt', 'is', null).groupBy('courseId').execute();
  return new Map(rows.map((row) => [row.courseId, row.count]));
}
