/** From a draft to what learners get, and out of the catalogue again. */
import { emit, Problem, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import { coursePublished, courseReviewApproved } from '../events.ts';
import { problems } from '../problems.ts';
import { readinessOf } from '../readiness/readiness.ts';
import { decide } from '../review/queries.ts';
import { refreshSearch } from '../search/refresh.ts';
import { keepVersion } from '../version/version.ts';
import { findVersion, type VersionRow } from '../version/queries.ts';
import type { Course } from './contract.ts';
import { getOwn, takeRoom } from './course.ts';
import type { CourseRow } from './queries.ts';
import { publishRefusal } from './rules.ts';

/** Whether this tenant's courses are looked at before they are published. */
export const reviewsCourses = (tenant: Tenant): boolean => tenant.features['courseReview'] === true;

/** An archived course takes none of the plan's places; published again it does. @throws Problem `kernel.limit_reached`. */
export async function returnsToPlan(tx: Tx, tenant: Tenant, course: CourseRow): Promise<void> {
  if (course.status === 'archived') await takeRoom(tx, tenant);
}

/** Publishes the draft; the course must be locked. @throws Problem `catalog.review_needed`, `kernel.limit_reached`, and of `publishDraft`. */
export async function publish(tx: Tx, tenant: Tenant, actor: Actor, course: CourseRow, note: string): Promise<Course> {
  if (reviewsCourses(tenant) && !actor.permissions.has('course:review')) throw new Problem(problems.review_needed);
  await returnsToPlan(tx, tenant, course);
  await publishDraft(tx, course, note);
  return getOwn(tx, actor, course.id);
}

/** @throws Problem `catalog.course_already_published` when nothing has changed since, `catalog.course_not_ready`. */
export async function publishDraft(tx: Tx, course: CourseRow, note = ''): Promise<void> {
  await requirePublishable(tx, course);
  const version = await keepVersion(tx, course, note);
  await release(tx, course, version);
  // A course that is published waits no longer, asked for or not.
  const review = await decide(tx, course.id, 'approved');
  if (review) await emit(tx, courseReviewApproved, { courseId: course.id, reviewId: review.id, requestedBy: review.requestedBy });
}

/** @throws Problem as `publishDraft`. */
export async function requirePublishable(tx: Tx, course: CourseRow): Promise<void> {
  const refusal = publishRefusal(course, course.publishedVersionId ? await findVersion(tx, course.id, course.publishedVersionId) ?? null : null);
  if (refusal) throw new Problem(problems[refusal]);
  if (!(await readinessOf(tx, course)).ready) throw new Problem(problems.course_not_ready);
}

/** New enrolments get this version from now on, and the catalogue counts what is in it. */
export async function release(tx: Tx, course: CourseRow, version: VersionRow): Promise<void> {
  const now = tx.now.toISOString();
  const { modules } = version.outline;
  await tx.updateTable('catalog.courseVersion').set({ publishedAt: now }).where('id', '=', version.id).where('publishedAt', 'is', null).execute();
  await tx.updateTable('catalog.course').set({
    status: 'published', publishedVersionId: version.id, moduleCount: modules.length, lessonCount: modules.reduce((sum, { lessons }) => sum + lessons.length, 0), durationMinutes: version.durationMinutes,
    // A course that is in the catalogue already does not become new by a better version.
    ...(course.status === 'published' ? {} : { publishedAt: now }),
    version: sql`version + 1`, updatedAt: now,
  }).where('id', '=', course.id).execute();
  await emit(tx, coursePublished, { courseId: course.id, courseVersionId: version.id });
  await refreshSearch(tx, course.id);
}

/** @throws Problem `catalog.course_not_published`. */
export async function archive(tx: Tx, actor: Actor, course: CourseRow): Promise<Course> {
  if (course.status !== 'published') throw new Problem(problems.course_not_published);
  await tx.updateTable('catalog.course').set({ status: 'archived', version: sql`version + 1`, updatedAt: tx.now.toISOString() }).where('id', '=', course.id).execute();
  await refreshSearch(tx, course.id);
  return getOwn(tx, actor, course.id);
}
