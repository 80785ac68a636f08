import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { EnrollmentStatus } from '../tables.ts';

const columns = ['id', 'courseId', 'memberId', 'status', 'enrolledAt', 'completedAt', 'leftAt', 'lastLessonId', 'cohortId'] as const;
export type EnrollmentRow = NonNullable<Awaited<ReturnType<typeof findEnrollment>>>;

export const findEnrollment = (tx: Tx, id: string) => tx.selectFrom('learning.enrollment').select(columns).where('id', '=', id).executeTakeFirst();

export const lockEnrollment = (tx: Tx, id: string) => tx.selectFrom('learning.enrollment').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();

/** The enrolment that counts now: active or completed. */
export const currentEnrollment = (tx: Tx, courseId: string, memberId: string) =>
  tx.selectFrom('learning.enrollment').select(columns).where('courseId', '=', courseId).where('memberId', '=', memberId).where('status', '<>', 'left').executeTakeFirst();

/** Null when there is a current one already. */
export async function insertEnrollment(tx: Tx, courseId: string, memberId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into learning.enrollment (course_id, member_id, enrolled_at, last_opened_at) values (${courseId}, ${memberId}, ${tx.now.toISOString()}, ${tx.now.toISOString()})
    on conflict (tenant_id, course_id, member_id) where status <> 'left' do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export const completedLessonIds = async (tx: Tx, enrollmentId: string): Promise<string[]> =>
  (await tx.selectFrom('learning.lessonProgress').select('lessonId').where('enrollmentId', '=', enrollmentId).execute()).map((row) => row.lessonId);

export async function countCompleted(tx: Tx, enrollmentIds: readonly string[]): Promise<Map<string, number>> {
  if (enrollmentIds.length === 0) return new Map();
  const rows = await tx.selectFrom('learning.lessonProgress').select((is) => ['enrollmentId', is.fn.countAll<number>().as('count')])
    .where('enrollmentId', 'in', enrollmentIds).groupBy('enrollmentId').execute();
  return new Map(rows.map((row) => [row.enrollmentId, row.count]));
}

/** A member's enrolments, the one opened last first; those left only when asked for. */
export function listOfMember(tx: Tx, memberId: string, status: EnrollmentStatus | undefined, limit: number, after: readonly [lastOpenedAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.enrollment').select([...columns, 'lastOpenedAt']).where('memberId', '=', memberId)
    .orderBy('lastOpenedAt', 'desc').orderBy('id', 'desc').limit(limit);
  query = status ? query.where('status', '=', status) : query.where('status', '<>', 'left');
  if (after) query = query.where((where) => where(where.refTuple('lastOpenedAt', 'id'), '<', where.tuple(after[0], after[1])));
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
