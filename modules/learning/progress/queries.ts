import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

/** @returns whether it was not done before. */
export async function insertProgress(tx: Tx, { id, courseId }: { id: string; courseId: string }, lessonId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into learning.lesson_progress (enrollment_id, course_id, lesson_id, completed_at) values (${id}, ${courseId}, ${lessonId}, ${tx.now.toISOString()})
    on conflict do nothing returning lesson_id`.execute(tx);
  return rows.length > 0;
}

export async function setCompleted(tx: Tx, enrollmentId: string, completedLessons: number): Promise<void> {
  await tx.updateTable('learning.enrollment').set({ completedLessons }).where('id', '=', enrollmentId).execute();
}

/** @returns when it was completed. */
export async function completeRow(tx: Tx, enrollmentId: string): Promise<string> {
  const completedAt = tx.now.toISOString();
  await tx.updateTable('learning.enrollment').set({ status: 'completed', completedAt }).where('id', '=', enrollmentId).where('status', '=', 'active').execute();
  return completedAt;
}

export async function setLastLesson(tx: Tx, enrollmentId: string, lessonId: string): Promise<void> {
  await tx.updateTable('learning.enrollment').set({ lastLessonId: lessonId, lastOpenedAt: tx.now.toISOString() }).where('id', '=', enrollmentId).execute();
}
