/** What becomes of enrolments when two members turn out to be one person. */
import { sql, type MergeStep } from '@milpa/kernel';

/** Courses that both take now. */
const takenByBoth = (from: string, into: string) => sql`
  select course_id from learning.enrollment where status <> 'left' and member_id in (${from}, ${into}) group by course_id having count(*) > 1`;

/** Of a course that both take, the enrolment that is further goes on: completed before not, then more lessons, then opened later. The other is history, as if it had been left. */
export const mergedEnrollments: MergeStep = {
  async clashes(tx, { from, into }) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${takenByBoth(from, into)}) c`.execute(tx);
    return rows[0]!.count;
  },
  async merge(tx, { from, into }) {
    await sql`
      update learning.enrollment set status = 'left', left_at = ${tx.now.toISOString()} where id in (
        select distinct on (course_id) id from learning.enrollment
        where status <> 'left' and member_id in (${from}, ${into}) and course_id in (${takenByBoth(from, into)})
        order by course_id, completed_at is not null, completed_lessons, last_opened_at nulls first, member_id = ${into}, id
      )`.execute(tx);
    await tx.updateTable('learning.enrollment').set({ memberId: into }).where('memberId', '=', from).execute();
  },
};
