/** What becomes of enrolments when two members turn out to be one person. */
import { versionFor } from '@milpa/catalog';
import { emit, sql, type Merging, type MergeStep, type Tx } from '@milpa/kernel';
import { courseCompleted } from '../events.ts';
import { requiredOf } from '../progress/rules.ts';
import { completeMoved, recount } from './queries.ts';

/** Courses that both take now. */
const takenByBoth = ({ from, into }: Merging) => sql`
  select course_id from learning.enrollment where status <> 'left' and member_id in (${from}, ${into}) group by course_id having count(*) > 1`;

/**
 * Of a course that both take, the enrolment that is further goes on with what was done in either: completed before not, then more lessons, then opened later. The other is history, as if it had been left.
 * Who has by now done all that is required completes the course with it.
 */
export const mergedEnrollments: MergeStep = {
  async clashes(tx, merging) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${takenByBoth(merging)}) c`.execute(tx);
    return rows[0]!.count;
  },
  async merge(tx, merging) {
    const ended = await endOthers(tx, merging);
    await tx.updateTable('learning.enrollment').set({ memberId: merging.into }).where('memberId', '=', merging.from).execute();
    for (const { id, memberId, courseId } of await addUp(tx, ended)) await emit(tx, courseCompleted, { enrollmentId: id, courseId, memberId });
  },
};

/** @returns those that go on no more. All are locked first, so that a lesson that is being finished counts. */
async function endOthers(tx: Tx, merging: Merging): Promise<string[]> {
  const both = sql`status <> 'left' and member_id in (${merging.from}, ${merging.into}) and course_id in (${takenByBoth(merging)})`;
  await sql`select from learning.enrollment where ${both} order by id for update`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    update learning.enrollment set status = 'left', left_at = ${tx.now.toISOString()} where id in (
      select distinct on (course_id) id from learning.enrollment where ${both}
      order by course_id, completed_at is not null, completed_lessons, last_opened_at nulls first, member_id = ${merging.into}, id
    ) returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Takes over lessons done, places in them and the last one from enrolments that have ended to the current ones of the same members. @returns the courses that are completed by it. */
async function addUp(tx: Tx, ended: readonly string[]): Promise<{ id: string; memberId: string; courseId: string }[]> {
  const pairs = sql`learning.enrollment e join learning.enrollment k on k.course_id = e.course_id and k.member_id = e.member_id and k.status <> 'left' and e.id = any(${ended}::uuid[])`;
  await sql`
    insert into learning.lesson_progress (enrollment_id, course_id, lesson_id, completed_at)
    select k.id, p.course_id, p.lesson_id, p.completed_at from ${pairs} join learning.lesson_progress p on p.enrollment_id = e.id
    on conflict do nothing`.execute(tx);
  await sql`
    insert into learning.lesson_position as kept (enrollment_id, course_id, lesson_id, block_index, block_hash, share, read_at)
    select k.id, p.course_id, p.lesson_id, p.block_index, p.block_hash, p.share, p.read_at from ${pairs} join learning.lesson_position p on p.enrollment_id = e.id
    on conflict (tenant_id, enrollment_id, lesson_id) do update set block_index = excluded.block_index, block_hash = excluded.block_hash, share = excluded.share, read_at = excluded.read_at
    where kept.read_at < excluded.read_at`.execute(tx);
  const { rows } = await sql<{ id: string; courseId: string; courseVersionId: string }>`
    update learning.enrollment g set last_lesson_id = case when e.last_opened_at > k.last_opened_at then e.last_lesson_id else k.last_lesson_id end, last_opened_at = greatest(e.last_opened_at, k.last_opened_at)
    from ${pairs} where g.id = k.id returning g.id, g.course_id, g.course_version_id`.execute(tx);
  for (const { id, courseId, courseVersionId } of rows) await recount(tx, id, requiredOf((await versionFor(tx, courseId, courseVersionId))!.outline).lessonIds);
  return completeMoved(tx, rows.map(({ id }) => id));
}
