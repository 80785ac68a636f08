import { coursesWithChanges, managedCourses, type CourseRow } from '@milpa/catalog';
import { daysBefore, subscribe, type Actor, type DomainEvent, type Subscription, type Tenant, type TenantDirectory, type Tx } from '@milpa/kernel';
import type { Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { courseCompleted, courseEnrolled, lessonCompleted } from '../events.ts';
import { countUnanswered } from '../review/queries.ts';
import { countStalled } from '../roster/queries.ts';
import { stalledBefore } from '../roster/rules.ts';
import type { CourseDay, getActivity, getCourseStatistics, getTeachingAttention, listCourseStatistics } from './contract.ts';
import { dayIn, lastDays } from './rules.ts';

export async function listStatistics(tx: Tx, actor: Actor): Promise<Output<typeof listCourseStatistics>> {
  const courses = await managedCourses(tx, actor, 100);
  const rows = courses.length === 0 ? [] : await tx.selectFrom('learning.courseStatistic').select(['courseId', 'enrolled', 'completed', 'lessonsCompleted'])
    .where('courseId', 'in', courses.map((course) => course.id)).execute();
  const counts = new Map(rows.map((row) => [row.courseId, row]));
  return {
    data: courses.map(({ id, slug, title, status }) => {
      const { enrolled = 0, completed = 0, lessonsCompleted = 0 } = counts.get(id) ?? {};
      return { courseId: id, slug, title, status, enrolled, completed, lessonsCompleted };
    }),
  };
}

/** Days on which nothing happened are there with zeros. */
export async function courseStatistics(tx: Tx, tenant: Tenant, course: CourseRow, count: number): Promise<Output<typeof getCourseStatistics>> {
  const days = lastDays(dayIn(tenant.timeZone, tx.now), count);
  const [total, rows] = await Promise.all([
    tx.selectFrom('learning.courseStatistic').select(['enrolled', 'completed', 'lessonsCompleted']).where('courseId', '=', course.id).executeTakeFirst(),
    sql<{ day: string; enrolled: number; completed: number; lessonsCompleted: number; activeLearners: number }>`
      select day::text, enrolled, completed, lessons_completed, active_learners from learning.course_day where course_id = ${course.id} and day >= ${days[0]!}::date`.execute(tx).then((result) => result.rows),
  ]);
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return {
    total: total ?? { enrolled: 0, completed: 0, lessonsCompleted: 0 },
    days: days.map((day) => byDay.get(day) ?? { day, enrolled: 0, completed: 0, lessonsCompleted: 0, activeLearners: 0 }),
  };
}

/** Of all courses together; a sum over days, not over members. */
export async function activity(tx: Tx, tenant: Tenant, count: number): Promise<Output<typeof getActivity>> {
  const days = lastDays(dayIn(tenant.timeZone, tx.now), count * 2);
  const { rows } = await sql<CourseDay & { lastActive: number }>`
    select day::text, enrolled, completed, lessons_completed, active_learners, last_active from learning.activity_day where day >= ${days[0]!}::date`.execute(tx);
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const all = days.map((day) => byDay.get(day) ?? { day, enrolled: 0, completed: 0, lessonsCompleted: 0, activeLearners: 0, lastActive: 0 });
  const [before, now] = [all.slice(0, count), all.slice(count)];
  return {
    total: { ...summed(now), activeLearners: now.reduce((sum, day) => sum + day.lastActive, 0) },
    before: summed(before), days: now.map(({ lastActive, ...day }) => day),
  };
}

const summed = (days: readonly CourseDay[]) => days.reduce((sum, day) => ({
  enrolled: sum.enrolled + day.enrolled, completed: sum.completed + day.completed, lessonsCompleted: sum.lessonsCompleted + day.lessonsCompleted,
}), { enrolled: 0, completed: 0, lessonsCompleted: 0 });

/** Courses in which something waits for the teacher, the last changed first. */
export async function attention(tx: Tx, actor: Actor): Promise<Output<typeof getTeachingAttention>> {
  const courses = await managedCourses(tx, actor, 100);
  const ids = courses.map((course) => course.id);
  const since = daysBefore(tx.now, 30);
  const [stalled, reviews, changed] = await Promise.all([countStalled(tx, ids, stalledBefore(tx.now, 14)), countUnanswered(tx, ids, since), coursesWithChanges(tx, ids)]);
  return {
    data: courses.map(({ id, slug, title, language }) => ({ course: { id, slug, title, language }, stalled: stalled.get(id) ?? 0, newReviews: reviews.get(id) ?? 0, unpublishedChanges: changed.has(id) }))
      .filter((course) => course.stalled > 0 || course.newReviews > 0 || course.unpublishedChanges),
  };
}

type Column = 'enrolled' | 'completed' | 'lessons_completed';

const count = (tx: Tx, courseId: string, column: Column) => sql`
  insert into learning.course_statistic (course_id, ${sql.id(column)}) values (${courseId}, 1)
  on conflict (tenant_id, course_id) do update set ${sql.id(column)} = learning.course_statistic.${sql.id(column)} + 1`.execute(tx);

/** Counts what happened, and the member once a day among those who were active: in the course, and in all of them. */
async function countDay(tx: Tx, day: string, courseId: string, memberId: string, column: Column): Promise<void> {
  // This locks the member, so that of two courses at once one sees the other.
  const { rows: [member] } = await sql<{ last: string | null }>`
    insert into learning.active_member as before (member_id, last_day) values (${memberId}, ${day})
    on conflict (tenant_id, member_id) do update set last_day = greatest(before.last_day, excluded.last_day) returning old.last_day::text as last`.execute(tx);
  const { rows: [elsewhere] } = await sql`select 1 from learning.active_learner where member_id = ${memberId} and day = ${day} limit 1`.execute(tx);
  const { rows } = await sql`insert into learning.active_learner (course_id, day, member_id) values (${courseId}, ${day}, ${memberId}) on conflict do nothing returning member_id`.execute(tx);
  await sql`
    insert into learning.course_day as before (course_id, day, ${sql.id(column)}, active_learners) values (${courseId}, ${day}, 1, ${rows.length})
    on conflict (tenant_id, course_id, day) do update set ${sql.id(column)} = before.${sql.id(column)} + 1, active_learners = before.active_learners + ${rows.length}`.execute(tx);
  await countActivity(tx, day, column, elsewhere ? 0 : 1, member?.last ?? null);
}

/** Days are touched in their order, so that nobody waits for somebody who waits for them. */
async function countActivity(tx: Tx, day: string, column: Column, active: 0 | 1, lastDay: string | null): Promise<void> {
  const moves = lastDay === null || lastDay < day ? 1 : 0;
  if (moves && lastDay) await sql`update learning.activity_day set last_active = last_active - 1 where day = ${lastDay}`.execute(tx);
  await sql`
    insert into learning.activity_day as before (day, ${sql.id(column)}, active_learners, last_active) values (${day}, 1, ${active}, ${moves})
    on conflict (tenant_id, day) do update set ${sql.id(column)} = before.${sql.id(column)} + 1,
      active_learners = before.active_learners + excluded.active_learners, last_active = before.last_active + excluded.last_active`.execute(tx);
}

/** Counts follow the events; each is counted in the transaction that notes its delivery, so once. */
export function statisticsHandlers(tenants: TenantDirectory): Subscription[] {
  const counting = (column: Column) => async (tx: Tx, { payload, occurredAt }: DomainEvent<{ courseId: string; memberId: string }>) => {
    await count(tx, payload.courseId, column);
    const tenant = await tenants.byId(tx.tenant.id);
    if (tenant) await countDay(tx, dayIn(tenant.timeZone, occurredAt), payload.courseId, payload.memberId, column);
  };
  return [
    subscribe(courseEnrolled, 'learning.countEnrolled', counting('enrolled')),
    subscribe(lessonCompleted, 'learning.countLessonsCompleted', counting('lessons_completed')),
    subscribe(courseCompleted, 'learning.countCompleted', counting('completed')),
  ];
}
