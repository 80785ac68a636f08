import { catalogProblems, coursesByIds, findCourse, findCourseStanding, maySeeCourse, type CourseRow } from '@milpa/catalog';
import { decodeCursor, emit, Problem, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { courseEnrolled, courseLeft } from '../events.ts';
import { problems } from '../problems.ts';
import type { Enrollment, listMyEnrollments } from './contract.ts';
import { countCompleted, currentEnrollment, findEnrollment, insertEnrollment, listOfMember, lockEnrollment, putInto, type Cohort, type EnrollmentRow } from './queries.ts';
import { enrollmentRefusal } from './rules.ts';

/** The member that the actor is. @throws Problem `learning.enrollment_not_found` for an actor without membership. */
export function memberOf(actor: Actor): string {
  if (!actor.memberId) throw new Problem(problems.enrollment_not_found);
  return actor.memberId;
}

export async function answer(tx: Tx, row: EnrollmentRow): Promise<Enrollment> {
  const [course, counts] = await Promise.all([findCourseStanding(tx, row.courseId), countCompleted(tx, [row.id])]);
  const { memberId: _, leftAt: __, ...fields } = row;
  return { ...fields, completedLessons: counts.get(row.id) ?? 0, lessonCount: course?.lessonCount ?? 0 };
}

/** Enrols the actor. Repeated or at once from two tabs, it is one enrolment. @throws Problem of `enrollmentRefusal`. */
export async function enroll(tx: Tx, tenant: Tenant, actor: Actor, courseId: string): Promise<Enrollment> {
  const memberId = memberOf(actor);
  const course = await findCourse(tx, courseId);
  if (!course || !maySeeCourse(actor, course)) throw new Problem(catalogProblems.course_not_found);
  if (!await currentEnrollment(tx, courseId, memberId)) requireMayEnroll(tenant, course);
  return enrollMember(tx, courseId, memberId);
}

/** Whether members may enrol in the course by themselves. @throws Problem of `enrollmentRefusal`. */
export function requireMayEnroll(tenant: Tenant, course: CourseRow): void {
  const refusal = enrollmentRefusal(course, tenant.features['selfEnrollment'] === true);
  if (refusal) throw new Problem(problems[refusal]);
}

/** Enrols a member without asking whether they might by themselves, with a cohort where one is given. */
export async function enrollMember(tx: Tx, courseId: string, memberId: string, cohort: Cohort | null = null): Promise<Enrollment> {
  const id = await insertEnrollment(tx, courseId, memberId);
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
  const [counts, courses] = await Promise.all([countCompleted(tx, data.map((row) => row.id)), coursesByIds(tx, data.map((row) => row.courseId))]);
  return {
    data: data.flatMap(({ memberId: _, leftAt: __, lastOpenedAt: ___, ...row }) => {
      const course = courses.get(row.courseId);
      return course ? [{ ...row, course, completedLessons: counts.get(row.id) ?? 0, lessonCount: course.lessonCount }] : [];
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
