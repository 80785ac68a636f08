import { managedCourses } from '@milpa/catalog';
import { subscribe, type Actor, type Subscription, type Tx } from '@milpa/kernel';
import type { Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { courseCompleted, courseEnrolled, lessonCompleted } from '../events.ts';
import type { listCourseStatistics } from './contract.ts';

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

const count = (tx: Tx, courseId: string, column: 'enrolled' | 'completed' | 'lessons_completed') => sql`
  insert into learning.course_statistic (course_id, ${sql.id(column)}) values (${courseId}, 1)
  on conflict (tenant_id, course_id) do update set ${sql.id(column)} = learning.course_statistic.${sql.id(column)} + 1`.execute(tx);

/** Counts follow the events; each is counted in the transaction that notes its delivery, so once. */
export const statisticsHandlers: Subscription[] = [
  subscribe(courseEnrolled, 'learning.countEnrolled', async (tx, event) => { await count(tx, event.payload.courseId, 'enrolled'); }),
  subscribe(lessonCompleted, 'learning.countLessonsCompleted', async (tx, event) => { await count(tx, event.payload.courseId, 'lessons_completed'); }),
  subscribe(courseCompleted, 'learning.countCompleted', async (tx, event) => { await count(tx, event.payload.courseId, 'completed'); }),
];
