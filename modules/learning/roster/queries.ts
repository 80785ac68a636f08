import type { Tx } from '@milpa/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { EnrollmentStatus } from '../tables.ts';

export interface RosterRow {
  id: string; memberId: string; status: EnrollmentStatus; enrolledAt: string; completedAt: string | null; leftAt: string | null; leftReason: string | null;
  activeAt: string; startsAt: string | null; lastLessonId: string | null; cohortId: string | null; cohortName: string | null; courseVersionId: string | null;
  completedLessons: number; lessonCount: number; attempt: number;
}
export interface RosterFilter {
  state: 'current' | 'active' | 'stalled' | 'completed' | 'left'; stalledBefore: string;
  memberIds?: readonly string[] | undefined; enrollmentIds?: readonly string[] | undefined; cohortId?: string | undefined; lessonId?: string | undefined;
}

/** When a learner last opened a lesson; who has opened none enrolled then. */
const activeAt = sql.raw('coalesce(e.last_opened_at, e.enrolled_at)');
/** How much of the course is done, from 0 to 1. */
const share = sql.raw('round(e.completed_lessons::numeric / greatest(e.lesson_count, 1), 4)');

function matching(courseId: string, { state, stalledBefore, memberIds, enrollmentIds, cohortId, lessonId }: RosterFilter): RawBuilder<unknown> {
  const states: Record<RosterFilter['state'], RawBuilder<unknown>> = {
    current: sql`e.status <> 'left'`, active: sql`e.status = 'active'`, completed: sql`e.status = 'completed'`, left: sql`e.status = 'left'`,
    stalled: sql`e.status = 'active' and ${activeAt} < ${stalledBefore} and (e.starts_at is null or e.starts_at < ${stalledBefore})`,
  };
  return sql.join([
    sql`e.course_id = ${courseId}`, states[state],
    ...(memberIds ? [sql`e.member_id = any(${memberIds}::uuid[])`] : []), ...(enrollmentIds ? [sql`e.id = any(${enrollmentIds}::uuid[])`] : []), ...(cohortId ? [sql`e.cohort_id = ${cohortId}`] : []), ...(lessonId ? [sql`e.last_lesson_id = ${lessonId}`] : []),
  ], sql` and `);
}

const orders = {
  activity: { key: activeAt, type: 'timestamptz', direction: 'desc' }, quiet: { key: activeAt, type: 'timestamptz', direction: 'asc' },
  enrolled: { key: sql.raw('e.enrolled_at'), type: 'timestamptz', direction: 'desc' }, progress: { key: share, type: 'numeric', direction: 'desc' },
} as const;
export type RosterOrder = keyof typeof orders;

const columns = sql`e.id, e.member_id, e.status, e.enrolled_at, e.completed_at, e.left_at, e.left_reason, ${activeAt} as active_at, e.starts_at, e.last_lesson_id, e.cohort_id, c.name as cohort_name,
  e.course_version_id, e.completed_lessons, e.lesson_count,
  (select count(*)::int from learning.enrollment earlier where earlier.course_id = e.course_id and earlier.member_id = e.member_id and earlier.id <= e.id) as attempt`;

/** A page of the roster, after the row of that key and id; the key as text. */
export async function listRoster(tx: Tx, courseId: string, filter: RosterFilter, order: RosterOrder, limit: number, after: readonly [key: string, id: string] | null): Promise<(RosterRow & { key: string })[]> {
  const { key, type, direction } = orders[order];
  const beyond = after ? sql` and (${key}, e.id) ${sql.raw(direction === 'desc' ? '<' : '>')} (${after[0]}::${sql.raw(type)}, ${after[1]}::uuid)` : sql``;
  // The page is found first, so that what is counted for each learner is counted for this page alone.
  const { rows } = await sql<RosterRow & { key: string }>`
    with page as materialized (
      select e.id, ${key} as key from learning.enrollment e where ${matching(courseId, filter)}${beyond} order by ${key} ${sql.raw(direction)}, e.id ${sql.raw(direction)} limit ${limit}
    )
    select ${columns}, page.key::text as key from page join learning.enrollment e on e.id = page.id left join learning.cohort c on c.tenant_id = e.tenant_id and c.id = e.cohort_id
    order by page.key ${sql.raw(direction)}, e.id ${sql.raw(direction)}`.execute(tx);
  return rows;
}

/** Enrolments of these members that match. */
export async function rosterOf(tx: Tx, courseId: string, filter: RosterFilter): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select ${columns} from learning.enrollment e left join learning.cohort c on c.tenant_id = e.tenant_id and c.id = e.cohort_id where ${matching(courseId, filter)} order by e.id desc`.execute(tx);
  return rows;
}

/** Whose enrolments match, each once. */
export async function memberIdsOf(tx: Tx, courseId: string, filter: RosterFilter): Promise<string[]> {
  const { rows } = await sql<{ memberId: string }>`select distinct e.member_id from learning.enrollment e where ${matching(courseId, filter)}`.execute(tx);
  return rows.map((row) => row.memberId);
}

/** Every enrolment of a member in a course, the latest first. */
export async function enrollmentsOf(tx: Tx, courseId: string, memberId: string): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select ${columns} from learning.enrollment e left join learning.cohort c on c.tenant_id = e.tenant_id and c.id = e.cohort_id
    where e.course_id = ${courseId} and e.member_id = ${memberId} order by e.id desc`.execute(tx);
  return rows;
}

export const progressOf = (tx: Tx, enrollmentIds: readonly string[]) => enrollmentIds.length === 0 ? Promise.resolve([])
  : tx.selectFrom('learning.lessonProgress').select(['enrollmentId', 'lessonId', 'completedAt']).where('enrollmentId', 'in', enrollmentIds).orderBy('completedAt', 'desc').execute();

export async function countStates(tx: Tx, courseId: string, stalledBefore: string): Promise<{ active: number; stalled: number; completed: number; left: number }> {
  const { rows } = await sql<{ active: number; stalled: number; completed: number; left: number }>`
    select count(*) filter (where status = 'active')::int as active, count(*) filter (where status = 'completed')::int as completed, count(*) filter (where status = 'left')::int as left,
      count(*) filter (where ${matching(courseId, { state: 'stalled', stalledBefore })})::int as stalled
    from learning.enrollment e where e.course_id = ${courseId}`.execute(tx);
  return rows[0]!;
}

/** By course: how many stall. */
export async function countStalled(tx: Tx, courseIds: readonly string[], stalledBefore: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ courseId: string; count: number }>`
    select e.course_id, count(*)::int as count from learning.enrollment e
    where e.course_id = any(${courseIds}::uuid[]) and e.status = 'active' and ${activeAt} < ${stalledBefore} and (e.starts_at is null or e.starts_at < ${stalledBefore})
    group by e.course_id`.execute(tx);
  return new Map(rows.map((row) => [row.courseId, row.count]));
}

/** By lesson: how many of those under way or done have completed it, and how many opened it last without having done it. */
export async function countByLesson(tx: Tx, courseId: string): Promise<{ done: Map<string, number>; at: Map<string, number> }> {
  const [done, at] = await Promise.all([
    sql<{ id: string; count: number }>`
      select p.lesson_id as id, count(*)::int as count from learning.lesson_progress p join learning.enrollment e on e.tenant_id = p.tenant_id and e.id = p.enrollment_id
      where p.course_id = ${courseId} and e.status <> 'left' group by p.lesson_id`.execute(tx),
    sql<{ id: string; count: number }>`
      select e.last_lesson_id as id, count(*)::int as count from learning.enrollment e where e.course_id = ${courseId} and e.status = 'active' and e.last_lesson_id is not null
        and not exists (select from learning.lesson_progress p where p.enrollment_id = e.id and p.lesson_id = e.last_lesson_id)
      group by e.last_lesson_id`.execute(tx),
  ]);
  const map = ({ rows }: { rows: { id: string; count: number }[] }) => new Map(rows.map((row) => [row.id, row.count]));
  return { done: map(done), at: map(at) };
}

/** @returns those that were not left yet. */
export const withdrawRows = (tx: Tx, courseId: string, enrollmentIds: readonly string[], reason: string) =>
  tx.updateTable('learning.enrollment').set({ status: 'left', leftAt: tx.now.toISOString(), leftReason: reason, leftBy: tx.actor.memberId })
    .where('courseId', '=', courseId).where('id', 'in', enrollmentIds).where('status', '<>', 'left').returning(['id', 'memberId']).execute();
