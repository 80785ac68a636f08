import { catalogProblems, findCourseStanding, lessonExists } from '@milpa/catalog';
import { emit, Problem, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { Enrollment } from '../enrollment/contract.ts';
import { countCompleted, type EnrollmentRow } from '../enrollment/queries.ts';
import { courseCompleted, lessonCompleted } from '../events.ts';
import { problems } from '../problems.ts';
import { isComplete } from './rules.ts';

/**
 * Marks a lesson as done. The enrolment must be locked, so that two lessons finished at once see each other and the course is
 * completed by exactly one of them. @throws Problem `learning.enrollment_not_found` after leaving, `catalog.lesson_not_found`.
 */
export async function completeLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string): Promise<Enrollment> {
  const { id: enrollmentId, courseId, memberId } = enrollment;
  await requireLesson(tx, enrollment, lessonId);
  const { rows } = await sql`
    insert into learning.lesson_progress (enrollment_id, course_id, lesson_id, completed_at) values (${enrollmentId}, ${courseId}, ${lessonId}, ${tx.now.toISOString()})
    on conflict do nothing returning lesson_id`.execute(tx);
  if (rows.length > 0) await emit(tx, lessonCompleted, { enrollmentId, courseId, memberId, lessonId });
  const course = await findCourseStanding(tx, courseId);
  const completedLessons = (await countCompleted(tx, [enrollmentId])).get(enrollmentId) ?? 0;
  const lessonCount = course?.lessonCount ?? 0;
  if (!isComplete(completedLessons, lessonCount) || enrollment.status === 'completed') return answerOf(enrollment, completedLessons, lessonCount);
  const completedAt = tx.now.toISOString();
  await tx.updateTable('learning.enrollment').set({ status: 'completed', completedAt }).where('id', '=', enrollmentId).where('status', '=', 'active').execute();
  await emit(tx, courseCompleted, { enrollmentId, courseId, memberId });
  return answerOf({ ...enrollment, status: 'completed', completedAt }, completedLessons, lessonCount);
}

/** Remembers where the learner was. @throws as `completeLesson`. */
export async function openLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string): Promise<void> {
  await requireLesson(tx, enrollment, lessonId);
  await tx.updateTable('learning.enrollment').set({ lastLessonId: lessonId, lastOpenedAt: tx.now.toISOString() }).where('id', '=', enrollment.id).execute();
}

async function requireLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string): Promise<void> {
  if (enrollment.status === 'left') throw new Problem(problems.enrollment_not_found);
  if (!await lessonExists(tx, enrollment.courseId, lessonId)) throw new Problem(catalogProblems.lesson_not_found);
}

function answerOf({ memberId: _, leftAt: __, ...fields }: EnrollmentRow, completedLessons: number, lessonCount: number): Enrollment {
  return { ...fields, completedLessons, lessonCount };
}
