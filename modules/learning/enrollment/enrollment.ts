import { catalogProblems, coursesByIds, findCourse, findCourseStanding, maySeeCourse, versionFor, type CourseRow } from '@milpa/catalog';
import { memberCards } from '@milpa/identity';
import { decodeCursor, emit, Problem, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { courseEnrolled, courseLeft } from '../events.ts';
import { problems } from '../problems.ts';
import type { Enrollment, listMemberEnrollments, listMyEnrollments } from './contract.ts';
import { completedCourses, currentEnrollment, findEnrollment, insertEnrollment, listAllOfMember, listOfMember, lockEnrollment, putInto, type Cohort, type EnrollmentRow, type VersionToTake } from './queries.ts';
import { requiredOf } from '../progress/rules.ts';
import { enrollmentRefusal } from './rules.ts';

/** The member that the actor is. @throws Problem `learning.enrollment_not_found` for an actor without membership. */
export function memberOf(actor: Actor): string {
  if (!actor.memberId) throw new Problem(problems.enrollment_not_found);
  return actor.memberId;
}

/** An enrolment as its learner gets it. `publishedVersionId`: what new enrolments get. */
export function view({ memberId: _, leftAt: __, cohortId: ___, ...fields }: EnrollmentRow, publishedVersionId: string | null): Enrollment {
  return { ...fields, newVersionAvailable: publishedVersionId !== null && publishedVersionId !== fields.courseVersionId };
}

export async function answer(tx: Tx, row: EnrollmentRow): Promise<Enrollment> {
  return view(row, (await findCourseStanding(tx, row.courseId))?.publishedVersionId ?? null);
}

/** Enrols the actor. Repeated or at once from two tabs, it is one enrolment. @throws Problem of `enrollmentRefusal`. */
export async function enroll(tx: Tx, tenant: Tenant, actor: Actor, courseId: string): Promise<Enrollment> {
  const memberId = memberOf(actor);
  const course = await findCourse(tx, courseId);
  if (!course || !maySeeCourse(actor, course)) throw new Problem(catalogProblems.course_not_found);
  if (!await currentEnrollment(tx, courseId, memberId)) await requireMayEnroll(tx, tenant, course, memberId);
  return enrollMember(tx, courseId, memberId);
}

/** Whether a member may enrol in the course by themselves. @throws Problem of `enrollmentRefusal`, `learning.prerequisite_missing`. */
export async function requireMayEnroll(tx: Tx, tenant: Tenant, course: CourseRow, memberId: string): Promise<void> {
  const refusal = enrollmentRefusal(course, tenant.features['selfEnrollment'] === true);
  if (refusal) throw new Problem(problems[refusal]);
  if (course.prerequisiteCourseIds.length === 0) return;
  const done = await completedCourses(tx, memberId, course.prerequisiteCourseIds);
  const missing = course.prerequisiteCourseIds.filter((id) => !done.has(id));
  if (missing.length > 0) throw new Problem(problems.prerequisite_missing, { params: { courses: [...(await coursesByIds(tx, missing)).values()].map(({ title }) => title).join(', ') } });
}

/** The version of a new enrolment: the cohort's, or what is published. @throws Problem `learning.course_closed` when there is none. */
async function versionToTake(tx: Tx, courseId: string, cohort: Cohort | null): Promise<VersionToTake> {
  const id = cohort?.courseVersionId ?? (await findCourseStanding(tx, courseId))?.publishedVersionId;
  const version = id ? await versionFor(tx, courseId, id) : undefined;
  if (!version) throw new Problem(problems.course_closed);
  return { id: version.id, ...requiredOf(version.outline) };
}

/** Enrols a member without asking whether they might by themselves, with a cohort where one is given. @throws Problem `learning.course_closed` for a course that was never published. */
export async function enrollMember(tx: Tx, courseId: string, memberId: string, cohort: Cohort | null = null): Promise<Enrollment> {
  const id = await insertEnrollment(tx, courseId, memberId, await versionToTake(tx, courseId, cohort));
  if (id) await emit(tx, courseEnrolled, { enrollmentId: id, courseId, memberId });
  if (cohort) await putInto(tx, courseId, memberId, cohort);
  const row = await currentEnrollment(tx, courseId, memberId);
  if (!row) throw new Problem(problems.enrollment_not_found);
  return answer(tx, row);
}

/** @throws Problem `learning.enrollment_not_found`. */
export async function myEnrollment(tx: Tx, actor: Actor, courseId: string): Promise<Enrollment> {
  const row = await currentEnrollment(tx, courseId, memberOf(actor));
  if (!row) throw new Problem(problems.enrollment_not_found);
  return answer(tx, row);
}

export async function listMine(tx: Tx, actor: Actor, { limit, cursor, status }: Input<typeof listMyEnrollments>['query']): Promise<Output<typeof listMyEnrollments>> {
  const rows = await listOfMember(tx, memberOf(actor), status, limit + 1, decodeCursor(cursor, ['string', 'string']));
  const { data, page } = toPage(rows, limit, (row) => [row.lastOpenedAt ?? row.enrolledAt, row.id]);
  const courses = await coursesByIds(tx, data.map((row) => row.courseId));
  return {
    data: data.flatMap((row) => {
      const course = courses.get(row.courseId);
      return course ? [{ ...view(row, course.publishedVersionId), course }] : [];
    }),
    page,
  };
}

/** The member, where there is one. */
export const learnerForReading = async (tx: Tx, { params }: { params: { memberId: string } }): Promise<string | null> => ((await memberCards(tx, [params.memberId])).has(params.memberId) ? params.memberId : null);

/** What somebody took. */
export async function listOf(tx: Tx, memberId: string, { limit, cursor }: Input<typeof listMemberEnrollments>['query']): Promise<Output<typeof listMemberEnrollments>> {
  const { data, page } = toPage(await listAllOfMember(tx, memberId, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.lastOpenedAt ?? row.enrolledAt, row.id]);
  const courses = await coursesByIds(tx, data.map((row) => row.courseId));
  return {
    data: data.flatMap(({ courseId, cohortId, cohortName, lastLessonId, lastOpenedAt, ...row }) => {
      const course = courses.get(courseId);
      return course ? [{ ...row, /* Enrolling counts as opening for the order, but may have been somebody else's doing. */ lastOpenedAt: lastLessonId === null ? null : lastOpenedAt, course, cohort: cohortId === null ? null : { id: cohortId, name: cohortName! } }] : [];
    }),
    page,
  };
}

/** Leaves the course: the enrolment stays as history. Already left: nothing happens. */
export async function leave(tx: Tx, enrollment: EnrollmentRow): Promise<Enrollment> {
  const left = await tx.updateTable('learning.enrollment').set({ status: 'left', leftAt: tx.now.toISOString() })
    .where('id', '=', enrollment.id).where('status', '<>', 'left').returning('id').executeTakeFirst();
  if (left) await emit(tx, courseLeft, { enrollmentId: enrollment.id, courseId: enrollment.courseId, memberId: enrollment.memberId });
  return answer(tx, (await findEnrollment(tx, enrollment.id))!);
}

/** For endpoints that read of an enrolment: the row, or null. */
export const enrollmentForReading = async (tx: Tx, input: { params: { enrollmentId: string } }): Promise<EnrollmentRow | null> =>
  await findEnrollment(tx, input.params.enrollmentId) ?? null;

/** For endpoints that change an enrolment: the row, locked, or null. */
export const enrollmentForChange = async (tx: Tx, input: { params: { enrollmentId: string } }): Promise<EnrollmentRow | null> =>
  await lockEnrollment(tx, input.params.enrollmentId) ?? null;
