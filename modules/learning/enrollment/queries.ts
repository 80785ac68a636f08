import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { EnrollmentStatus } from '../tables.ts';

const columns = ['id', 'courseId', 'memberId', 'status', 'enrolledAt', 'completedAt', 'leftAt', 'lastLessonId', 'lastOpenedAt', 'cohortId', 'courseVersionId', 'startsAt', 'lessonCount', 'requiredLessons', 'completedLessons'] as const;
export type EnrollmentRow = NonNullable<Awaited<ReturnType<typeof findEnrollment>>>;

export const findEnrollment = (tx: Tx, id: string) => tx.selectFrom('learning.enrollment').select(columns).where('id', '=', id).executeTakeFirst();

export const lockEnrollment = (tx: Tx, id: string) => tx.selectFrom('learning.enrollment').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();

/** The enrolment that counts now: active or completed. */
export const currentEnrollment = (tx: Tx, courseId: string, memberId: string) =>
  tx.selectFrom('learning.enrollment').select(columns).where('courseId', '=', courseId).where('memberId', '=', memberId).where('status', '<>', 'left').executeTakeFirst();

/** A version with its lessons that count, and how many of them complete the course. */
export interface VersionToTake { id: string; lessonIds: readonly string[]; requiredLessons: number }

/** Null when there is a current one already. */
export async function insertEnrollment(tx: Tx, courseId: string, memberId: string, version: VersionToTake): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into learning.enrollment (course_id, member_id, enrolled_at, last_opened_at, course_version_id, lesson_count, required_lessons)
    values (${courseId}, ${memberId}, ${tx.now.toISOString()}, ${tx.now.toISOString()}, ${version.id}, ${version.lessonIds.length}, ${version.requiredLessons})
    on conflict (tenant_id, course_id, member_id) where status <> 'left' do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export const completedLessonIds = async (tx: Tx, enrollmentId: string): Promise<string[]> =>
  (await tx.selectFrom('learning.lessonProgress').select('lessonId').where('enrollmentId', '=', enrollmentId).execute()).map((row) => row.lessonId);

/** The same of several enrolments; those without any are left out. */
export async function completedByEnrollment(tx: Tx, enrollmentIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ enrollmentId: string; lessonIds: string[] }>`
    select enrollment_id, array_agg(lesson_id) as lesson_ids from learning.lesson_progress where enrollment_id = any(${enrollmentIds}::uuid[]) group by enrollment_id`.execute(tx);
  return new Map(rows.map(({ enrollmentId, lessonIds }) => [enrollmentId, lessonIds]));
}

/** A member's enrolments, the one opened last first; those left only when asked for. */
export function listOfMember(tx: Tx, memberId: string, status: EnrollmentStatus | undefined, limit: number, after: readonly [lastOpenedAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.enrollment').select(columns).where('memberId', '=', memberId)
    .orderBy('lastOpenedAt', 'desc').orderBy('id', 'desc').limit(limit);
  query = status ? query.where('status', '=', status) : query.where('status', '<>', 'left');
  if (after) query = query.where((where) => where(where.refTuple('lastOpenedAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** All that a member took, with the names of their cohorts; what was left as well. */
export function listAllOfMember(tx: Tx, memberId: string, limit: number, after: readonly [lastOpenedAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.enrollment as e').leftJoin('learning.cohort as c', 'c.id', 'e.cohortId')
    .select(['e.id', 'e.courseId', 'e.status', 'e.enrolledAt', 'e.completedAt', 'e.leftAt', 'e.lastLessonId', 'e.lastOpenedAt', 'e.completedLessons', 'e.lessonCount', 'c.id as cohortId', 'c.name as cohortName'])
    .where('e.memberId', '=', memberId).orderBy('e.lastOpenedAt', 'desc').orderBy('e.id', 'desc').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('e.lastOpenedAt', 'e.id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** Which of these members take the course now. */
export async function currentMembers(tx: Tx, courseId: string, memberIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ memberId: string }>`select member_id from learning.enrollment where course_id = ${courseId} and status <> 'left' and member_id = any(${memberIds}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => row.memberId));
}

export interface Cohort { id: string; startsAt: string; courseVersionId: string | null }

/** Who is in another cohort already stays there. */
export async function putInto(tx: Tx, courseId: string, memberId: string, { id, startsAt }: Cohort): Promise<void> {
  await tx.updateTable('learning.enrollment').set({ cohortId: id, startsAt }).where('courseId', '=', courseId).where('memberId', '=', memberId).where('status', '<>', 'left').where('cohortId', 'is', null).execute();
}

/** Who is under way in a course, or those of these enrolments who have not left it; locked until the transaction ends. */
export async function lockForMove(tx: Tx, courseId: string, ids: readonly string[] | null): Promise<string[]> {
  let query = tx.selectFrom('learning.enrollment').select('id').where('courseId', '=', courseId).orderBy('id').forUpdate();
  query = ids === null ? query.where('status', '=', 'active') : query.where('status', '<>', 'left').where('id', 'in', [...ids]);
  return (await query.execute()).map((row) => row.id);
}

const doneOf = (lessonIds: readonly string[]) => sql`(select count(*) from learning.lesson_progress p where p.tenant_id = e.tenant_id and p.enrollment_id = e.id and p.lesson_id = any(${lessonIds}::uuid[]))`;

/** Counts anew what has been done of these lessons. */
export const recount = (tx: Tx, id: string, lessonIds: readonly string[]) => sql`update learning.enrollment e set completed_lessons = ${doneOf(lessonIds)} where e.id = ${id}`.execute(tx);

/** @returns those that were on another version. */
export async function moveRows(tx: Tx, ids: readonly string[], version: VersionToTake): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update learning.enrollment e set course_version_id = ${version.id}, lesson_count = ${version.lessonIds.length}, required_lessons = ${version.requiredLessons},
      completed_lessons = ${doneOf(version.lessonIds)}
    where e.id = any(${ids}::uuid[]) and e.course_version_id <> ${version.id} returning e.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** @returns those that have done all that they need, and had not completed the course before. */
export async function completeMoved(tx: Tx, ids: readonly string[]): Promise<{ id: string; memberId: string; courseId: string }[]> {
  const { rows } = await sql<{ id: string; memberId: string; courseId: string }>`
    update learning.enrollment set status = 'completed', completed_at = ${tx.now.toISOString()}
    where id = any(${ids}::uuid[]) and status = 'active' and required_lessons > 0 and completed_lessons >= required_lessons returning id, member_id, course_id`.execute(tx);
  return rows;
}

/** Which of these courses the member has completed, however long ago. */
export async function completedCourses(tx: Tx, memberId: string, courseIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.selectFrom('learning.enrollment').select('courseId').distinct().where('memberId', '=', memberId).where('courseId', 'in', [...courseIds]).where('completedAt', 'is not', null).execute();
  return new Set(rows.map((row) => row.courseId));
}
