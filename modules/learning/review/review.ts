import { coursesByIds, setCourseRating, type CourseRow } from '@milpa/catalog';
import { memberNames } from '@milpa/identity';
import { can, decodeCursor, emit, Problem, problems as kernelProblems, toPage, type Actor, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { visibleCourse } from '../course.ts';
import { memberOf } from '../enrollment/enrollment.ts';
import { courseReviewed, reviewHidden } from '../events.ts';
import { problems } from '../problems.ts';
import type * as contract from './contract.ts';
import { countRatings, findReview, listModerated, listShown, lockRatings, openReports, putReport, putReview, reviewOf, settleReports, standingOf, type ReviewRow } from './queries.ts';
import { mayReview, summaryOf } from './rules.ts';

/** A full name tells more of a learner than a course page should: the first name, and the first letter of the last. */
const shortName = (name: string): string => {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1);
  return last ? `${first} ${[...last][0]}.` : first;
};

async function views(tx: Tx, actor: Actor, course: CourseRow, rows: readonly ReviewRow[]): Promise<contract.CourseReview[]> {
  const names = await memberNames(tx, rows.map((row) => row.memberId));
  return rows.map((row) => {
    const mine = row.memberId === actor.memberId;
    return {
      id: row.id, rating: row.rating, body: row.body, author: shortName(names.get(row.memberId) ?? ''), createdAt: row.createdAt, updatedAt: row.updatedAt,
      answer: row.answer !== null && row.answeredAt !== null ? { body: row.answer, at: row.answeredAt } : null, mine,
      abilities: { answer: can(actor, 'review:answer', course.ownerMemberId), report: !mine && actor.memberId !== null && can(actor, 'review:report'), hide: can(actor, 'review:moderate') },
    };
  });
}

export async function list(tx: Tx, actor: Actor, courseId: string, { limit, cursor, sort, rating }: Input<typeof contract.listReviews>['query']): Promise<Output<typeof contract.listReviews>> {
  const course = await visibleCourse(tx, actor, courseId);
  const after = decodeCursor(cursor, ['string', 'string', 'string']);
  if (after && after[0] !== sort) throw new Problem(kernelProblems.validation_failed, { fields: [{ path: 'query.cursor', code: 'invalid' }] });
  const [rows, counts] = await Promise.all([listShown(tx, course.id, sort, rating, limit + 1, after && [after[1], after[2]]), countRatings(tx, course.id)]);
  const { data, page } = toPage(rows, limit, (row) => [sort, sort === 'newest' ? row.createdAt : String(row.rating), row.id]);
  return { data: await views(tx, actor, course, data), page, summary: summaryOf(counts) };
}

/** Whoever was enrolled may speak of a course, also after it was archived or they have left. */
async function reviewedCourse(tx: Tx, actor: Actor, courseId: string): Promise<{ courseId: string; memberId: string; may: ReturnType<typeof mayReview> }> {
  const memberId = memberOf(actor);
  const standing = await standingOf(tx, courseId, memberId);
  if (standing.enrollments === 0) await visibleCourse(tx, actor, courseId);
  return { courseId, memberId, may: mayReview(standing) };
}

/** @throws Problem `catalog.course_not_found`. */
export async function mine(tx: Tx, actor: Actor, courseId: string): Promise<Output<typeof contract.getMyReview>> {
  const { memberId, may } = await reviewedCourse(tx, actor, courseId);
  const row = await reviewOf(tx, courseId, memberId);
  return { may, review: row ? { id: row.id, rating: row.rating, body: row.body, hiddenReason: row.hiddenReason } : null };
}

/** @throws Problem `learning.review_not_enrolled`, `learning.review_not_begun`. */
export async function put(tx: Tx, actor: Actor, courseId: string, input: Input<typeof contract.putMyReview>['body']): Promise<Output<typeof contract.getMyReview>> {
  const { memberId, may } = await reviewedCourse(tx, actor, courseId);
  if (may !== 'write') throw new Problem(problems[`review_${may}`]);
  await lockRatings(tx, courseId);
  const { id, isNew } = await putReview(tx, courseId, memberId, input);
  await tellRating(tx, courseId);
  if (isNew) await emit(tx, courseReviewed, { reviewId: id, courseId, memberId, rating: input.rating });
  return mine(tx, actor, courseId);
}

/** One that is hidden stays, so that taking it back and writing again is no way around. */
export async function remove(tx: Tx, actor: Actor, courseId: string): Promise<void> {
  const { memberId } = await reviewedCourse(tx, actor, courseId);
  await lockRatings(tx, courseId);
  await tx.deleteFrom('learning.review').where('courseId', '=', courseId).where('memberId', '=', memberId).where('hiddenAt', 'is', null).execute();
  await tellRating(tx, courseId);
}

const tellRating = async (tx: Tx, courseId: string): Promise<void> => setCourseRating(tx, courseId, summaryOf(await countRatings(tx, courseId)));

/** @throws Problem `learning.review_not_found`, also for one that is hidden. */
async function shown(tx: Tx, courseId: string, reviewId: string): Promise<ReviewRow> {
  const row = await findReview(tx, reviewId);
  if (!row || row.courseId !== courseId || row.hiddenAt !== null) throw new Problem(problems.review_not_found);
  return row;
}

export async function answer(tx: Tx, actor: Actor, course: CourseRow, reviewId: string, text: string | null): Promise<contract.CourseReview> {
  await shown(tx, course.id, reviewId);
  await tx.updateTable('learning.review').set({ answer: text, answeredAt: text === null ? null : tx.now.toISOString(), answeredBy: text === null ? null : actor.memberId }).where('id', '=', reviewId).execute();
  return (await views(tx, actor, course, [await shown(tx, course.id, reviewId)]))[0]!;
}

export async function report(tx: Tx, actor: Actor, courseId: string, reviewId: string, reason: string): Promise<void> {
  const course = await visibleCourse(tx, actor, courseId);
  await putReport(tx, (await shown(tx, course.id, reviewId)).id, memberOf(actor), reason);
}

export async function listToModerate(tx: Tx, { limit, cursor, state }: Input<typeof contract.listModeratedReviews>['query']): Promise<Output<typeof contract.listModeratedReviews>> {
  const { data, page } = toPage(await listModerated(tx, state, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.createdAt, row.id]);
  const [courses, names, reports] = await Promise.all([coursesByIds(tx, data.map((row) => row.courseId)), memberNames(tx, data.map((row) => row.memberId)), openReports(tx, data.map((row) => row.id))]);
  const byReview = Map.groupBy(reports, (report) => report.reviewId);
  return {
    data: data.flatMap(({ id, courseId, memberId, rating, body, createdAt, hiddenAt, hiddenReason }) => {
      const course = courses.get(courseId);
      const said = (byReview.get(id) ?? []).map(({ reason, createdAt: at }) => ({ reason, createdAt: at }));
      return course ? [{ id, course: { id: course.id, slug: course.slug, title: course.title }, rating, body, author: names.get(memberId) ?? '', createdAt, hiddenAt, hiddenReason, reports: said }] : [];
    }),
    page,
  };
}

/** Hidden already: nothing happens. @throws Problem `learning.review_not_found`. */
export async function hide(tx: Tx, reviewId: string, reason: string): Promise<void> {
  const row = await moderated(tx, reviewId);
  const hidden = await tx.updateTable('learning.review').set({ hiddenAt: tx.now.toISOString(), hiddenBy: tx.actor.memberId, hiddenReason: reason })
    .where('id', '=', reviewId).where('hiddenAt', 'is', null).returning('id').executeTakeFirst();
  await settleReports(tx, reviewId);
  if (!hidden) return;
  await tellRating(tx, row.courseId);
  await emit(tx, reviewHidden, { reviewId, courseId: row.courseId, memberId: row.memberId, reason });
}

/** @throws Problem `learning.review_not_found`. */
export async function keep(tx: Tx, reviewId: string): Promise<void> {
  const row = await moderated(tx, reviewId);
  await tx.updateTable('learning.review').set({ hiddenAt: null, hiddenBy: null, hiddenReason: null }).where('id', '=', reviewId).execute();
  await settleReports(tx, reviewId);
  await tellRating(tx, row.courseId);
}

async function moderated(tx: Tx, reviewId: string): Promise<ReviewRow> {
  const row = await findReview(tx, reviewId);
  if (!row) throw new Problem(problems.review_not_found);
  await lockRatings(tx, row.courseId);
  return row;
}
