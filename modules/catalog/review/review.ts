/** Where an organisation wants it, somebody looks at a course before it is published. */
import { memberNames } from '@milpa/identity';
import { can, decodeCursor, emit, Problem, problems as kernelProblems, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { release, requirePublishable, returnsToPlan, reviewsCourses } from '../course/publication.ts';
import { lockCourse, type CourseRow } from '../course/queries.ts';
import { courseReviewApproved, courseReviewRequested, courseReviewReturned } from '../events.ts';
import { problems } from '../problems.ts';
import { findVersion, type VersionRow } from '../version/queries.ts';
import { keepVersion } from '../version/version.ts';
import type { CourseReview, listWaitingReviews, returnReview } from './contract.ts';
import { decide, findLast, insertRequest, listWaiting, type ReviewRow } from './queries.ts';

async function views(tx: Tx, rows: readonly ReviewRow[]): Promise<CourseReview[]> {
  const names = await memberNames(tx, rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy].filter((id) => id !== null)));
  const person = (id: string | null) => (id !== null && names.has(id) ? { id, name: names.get(id)! } : null);
  return rows.map(({ id, courseId, courseVersionId, state, comment, requestedBy, requestedAt, decidedBy, decidedAt }) =>
    ({ id, courseId, state, versionId: courseVersionId, comment, requestedBy: person(requestedBy), requestedAt, decidedBy: person(decidedBy), decidedAt }));
}

/** The newest review of a course, or null. */
export async function lastReview(tx: Tx, courseId: string): Promise<CourseReview | null> {
  const row = await findLast(tx, courseId);
  return row ? (await views(tx, [row]))[0]! : null;
}

/** What waits for the actor to decide about it; undefined where nothing does, or the course is their own. */
export async function versionToReview(tx: Tx, actor: Actor, course: Pick<CourseRow, 'id' | 'ownerMemberId'>): Promise<VersionRow | undefined> {
  if (!can(actor, 'course:review') || actor.memberId === course.ownerMemberId) return undefined;
  const last = await findLast(tx, course.id);
  return last?.state === 'requested' ? findVersion(tx, course.id, last.courseVersionId) : undefined;
}

const requireReviews = (tenant: Tenant): void => { if (!reviewsCourses(tenant)) throw new Problem(problems.reviews_off); };

/** @throws Problem `catalog.reviews_off`, and of `requirePublishable`. */
export async function request(tx: Tx, tenant: Tenant, course: CourseRow, note: string): Promise<CourseReview> {
  requireReviews(tenant);
  await requirePublishable(tx, course);
  const version = await keepVersion(tx, course, note);
  const { id, fresh } = await insertRequest(tx, course.id, version.id);
  if (fresh) await emit(tx, courseReviewRequested, { courseId: course.id, reviewId: id, requestedBy: tx.actor.memberId });
  return (await lastReview(tx, course.id))!;
}

/** @throws Problem `catalog.review_not_found` when none waits. */
export async function withdraw(tx: Tx, course: CourseRow): Promise<CourseReview> {
  return (await views(tx, [await decided(tx, course.id, 'withdrawn')]))[0]!;
}

async function decided(tx: Tx, courseId: string, state: 'returned' | 'approved' | 'withdrawn', comment?: string): Promise<ReviewRow> {
  const row = await decide(tx, courseId, state, comment);
  if (!row) throw new Problem(problems.review_not_found);
  return row;
}

export async function listWaitingCourses(tx: Tx, { limit, cursor }: Input<typeof listWaitingReviews>['query']): Promise<Output<typeof listWaitingReviews>> {
  const rows = await listWaiting(tx, limit + 1, decodeCursor(cursor, ['string', 'string']));
  const { data, page } = toPage(rows, limit, (row) => [row.requestedAt, row.id]);
  const reviews = await views(tx, data);
  return { data: data.map(({ courseId, slug, title, courseStatus }, index) => ({ ...reviews[index]!, course: { id: courseId, slug, title, status: courseStatus } })), page };
}

/** Nobody decides about what they have not seen; the course must be locked. @throws Problem `kernel.version_conflict`. */
async function requireSeen(tx: Tx, courseId: string, versionId: string | undefined): Promise<void> {
  const waiting = versionId === undefined ? undefined : await findLast(tx, courseId);
  if (waiting?.state === 'requested' && waiting.courseVersionId !== versionId) throw new Problem(kernelProblems.version_conflict);
}

/** @throws Problem `catalog.course_not_found`, `catalog.review_not_found`, `kernel.version_conflict`. */
export async function giveBack(tx: Tx, courseId: string, { comment, versionId }: Input<typeof returnReview>['body']): Promise<CourseReview> {
  await requireCourse(tx, courseId);
  await requireSeen(tx, courseId, versionId);
  const row = await decided(tx, courseId, 'returned', comment);
  await emit(tx, courseReviewReturned, { courseId, reviewId: row.id, requestedBy: row.requestedBy, comment });
  return (await views(tx, [row]))[0]!;
}

/** Publishes what was asked for, whatever was written since. @throws Problem as `giveBack`, `kernel.limit_reached`. */
export async function approve(tx: Tx, tenant: Tenant, courseId: string, versionId: string | undefined): Promise<CourseReview> {
  const course = await requireCourse(tx, courseId);
  await requireSeen(tx, courseId, versionId);
  await returnsToPlan(tx, tenant, course);
  const row = await decided(tx, courseId, 'approved');
  const version = await findVersion(tx, courseId, row.courseVersionId);
  if (!version) throw new Problem(problems.version_not_found);
  await release(tx, course, version);
  await emit(tx, courseReviewApproved, { courseId, reviewId: row.id, requestedBy: row.requestedBy });
  return (await views(tx, [row]))[0]!;
}

async function requireCourse(tx: Tx, courseId: string): Promise<CourseRow> {
  const course = await lockCourse(tx, courseId);
  if (!course) throw new Problem(problems.course_not_found);
  return course;
}
