import type { Tx } from '@milpa/kernel';
import type { EnrollmentRow } from '../enrollment/queries.ts';
import { openedLesson } from '../progress/progress.ts';
import type { Place, Position } from './contract.ts';
import { listRows, setLastLesson, upsertRow } from './queries.ts';

export const listPositions = async (tx: Tx, enrollment: EnrollmentRow): Promise<{ data: Position[] }> => ({ data: await listRows(tx, enrollment.id) });

/**
 * Remembers where somebody was reading at a moment: what was read later stays, whatever arrives later.
 * @throws Problem `learning.enrollment_not_found` after leaving, `catalog.lesson_not_found`, `learning.lesson_locked`.
 */
export async function savePosition(tx: Tx, enrollment: EnrollmentRow, lessonId: string, at: Place & { share: number }, readAt: Date): Promise<void> {
  await openedLesson(tx, enrollment, lessonId);
  await upsertRow(tx, enrollment, lessonId, at, readAt.toISOString());
  await setLastLesson(tx, enrollment.id, lessonId, readAt.toISOString());
}
