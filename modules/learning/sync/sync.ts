import { can, Problem, problems as kernelProblems, type RequestContext, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { findEnrollment, type EnrollmentRow } from '../enrollment/queries.ts';
import { answer } from '../enrollment/enrollment.ts';
import { removeNote, saveNote } from '../note/note.ts';
import { savePosition } from '../position/position.ts';
import { completeLesson } from '../progress/progress.ts';
import type { syncEnrollment, SyncItem, SyncResult } from './contract.ts';
import { momentOf } from './rules.ts';

/** Takes what a device brings, in its order. What is refused is told, and keeps nothing else from being taken. The enrolment must be locked. */
export async function sync(tx: Tx, { id }: EnrollmentRow, { sentAt, items }: Input<typeof syncEnrollment>['body'], request: RequestContext): Promise<Output<typeof syncEnrollment>> {
  const results: SyncResult[] = [];
  for (const item of items) results.push({ id: item.id, problem: await refusalOf(() => take(tx, id, item, momentOf(tx.now, sentAt, item.occurredAt), request), request) });
  return { results, enrollment: await answer(tx, (await findEnrollment(tx, id))!), receivedAt: tx.now.toISOString() };
}

async function take(tx: Tx, enrollmentId: string, item: SyncItem, at: Date, { actor }: RequestContext): Promise<void> {
  // Read anew each time: a lesson may just have completed the course.
  const enrollment = (await findEnrollment(tx, enrollmentId))!;
  const { courseId, memberId } = enrollment;
  if (item.kind === 'position') return savePosition(tx, enrollment, item.lessonId, item.reading, at);
  if (item.kind === 'completion') return void await completeLesson(tx, enrollment, item.lessonId);
  if (!can(actor, 'note:manage', memberId)) throw new Problem(kernelProblems.forbidden);
  if (item.kind === 'note') return void await saveNote(tx, memberId, courseId, item.noteId, item.note, at);
  return removeNote(tx, memberId, item.noteId);
}

/** Problems are found before anything is written, so that the transaction goes on. */
async function refusalOf(taking: () => Promise<void>, { locale }: RequestContext): Promise<SyncResult['problem']> {
  try {
    await taking();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, title, detail = '' } = error.document(locale);
    return { code, title, detail };
  }
}
