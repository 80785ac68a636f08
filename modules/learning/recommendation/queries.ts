import { lock, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import { leastTogether, type Pair } from './rules.ts';

/** What a member has ever taken, the latest first. */
export async function takenBy(tx: Tx, memberId: string): Promise<string[]> {
  const { rows } = await sql<{ courseId: string }>`select course_id from learning.enrollment where member_id = ${memberId} group by course_id order by max(enrolled_at) desc`.execute(tx);
  return rows.map((row) => row.courseId);
}

export const pairsOf = (tx: Tx, courseIds: readonly string[]): Promise<Pair[]> => courseIds.length === 0 ? Promise.resolve([])
  : tx.selectFrom('learning.coursePair').select(['courseId', 'otherId', 'together']).where('courseId', 'in', courseIds).where('together', '>=', leastTogether).orderBy('together', 'desc').limit(200).execute();

/** The courses with most enrolments. */
export const mostTaken = async (tx: Tx, limit: number): Promise<string[]> =>
  (await tx.selectFrom('learning.courseStatistic').select('courseId').where('enrolled', '>=', leastTogether).orderBy('enrolled', 'desc').orderBy('courseId').limit(limit).execute()).map((row) => row.courseId);

/** One event of a member at a time: two at once would each miss, or both count, the pair that they make. */
export const lockMember = (tx: Tx, memberId: string) => lock(tx, 'learning.course_taken', memberId);

/** False when it is counted already. */
export async function markTaken(tx: Tx, memberId: string, courseId: string): Promise<boolean> {
  const { rows } = await sql`insert into learning.course_taken (member_id, course_id) values (${memberId}, ${courseId}) on conflict do nothing returning course_id`.execute(tx);
  return rows.length > 0;
}

/** Counts the member for each pair of this course and another that they took; rows in one order, so that two members' events do not wait for each other in a circle. */
export async function countPairs(tx: Tx, memberId: string, courseId: string): Promise<void> {
  await sql`
    insert into learning.course_pair as before (course_id, other_id, together)
    select a, b, 1 from (
      select ${courseId}::uuid as a, course_id as b from learning.course_taken where member_id = ${memberId} and course_id <> ${courseId}
      union all select course_id, ${courseId}::uuid from learning.course_taken where member_id = ${memberId} and course_id <> ${courseId}
    ) pair order by a, b
    on conflict (tenant_id, course_id, other_id) do update set together = before.together + 1`.execute(tx);
}
