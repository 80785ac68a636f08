import { coursesByIds } from '@milpa/catalog';
import { decodeCursor, Problem, toPage, type Actor, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { memberOf } from '../enrollment/enrollment.ts';
import { currentEnrollment } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import { openedLesson } from '../progress/progress.ts';
import type { listNotes as listContract, Note, NoteInput } from './contract.ts';
import { findRow, hasMoreThan, listRows, removeRow, upsertRow, type NoteRow } from './queries.ts';
import { most, saysSomething } from './rules.ts';

export async function listNotes(tx: Tx, actor: Actor, { limit, cursor, ...filter }: Input<typeof listContract>['query']): Promise<Output<typeof listContract>> {
  const rows = await listRows(tx, memberOf(actor), filter, limit + 1, decodeCursor(cursor, ['string', 'string']));
  const { data, page } = toPage(rows, limit, (row) => [row.createdAt, row.id]);
  const courses = await coursesByIds(tx, [...new Set(data.map((row) => row.courseId))]);
  return {
    data: data.flatMap((row) => {
      const course = courses.get(row.courseId);
      return course ? [{ ...answerOf(row), course: { slug: course.slug, title: course.title, language: course.language } }] : [];
    }),
    page,
  };
}

/**
 * Writes a note as it was at a moment. Repeated, it is one note; of two changes the later stays.
 * @throws Problem `learning.note_empty`, `learning.not_enrolled`, `catalog.lesson_not_found`, `learning.lesson_locked`, `learning.notes_full`, `learning.note_removed` when another device has removed it.
 */
export async function saveNote(tx: Tx, memberId: string, courseId: string, id: string, input: NoteInput, at: Date): Promise<Note> {
  if (!saysSomething(input)) throw new Problem(problems.note_empty);
  const before = await findRow(tx, memberId, id);
  if (before?.removedAt) throw new Problem(problems.note_removed);
  const lessonTitle = before?.lessonTitle ?? await titleForNew(tx, memberId, courseId, input.lessonId);
  await upsertRow(tx, { memberId, id, courseId, lessonTitle }, input, at.toISOString());
  return answerOf((await findRow(tx, memberId, id))!);
}

/** Notes begin where somebody reads; those that they have, they may change for ever. */
async function titleForNew(tx: Tx, memberId: string, courseId: string, lessonId: string): Promise<string> {
  const enrollment = await currentEnrollment(tx, courseId, memberId);
  if (!enrollment) throw new Problem(problems.not_enrolled);
  const { lesson } = await openedLesson(tx, enrollment, lessonId);
  if (await hasMoreThan(tx, memberId, courseId, most - 1)) throw new Problem(problems.notes_full);
  return lesson.title;
}

/** @throws Problem `learning.note_not_found` where there never was one. */
export async function removeNote(tx: Tx, memberId: string, id: string): Promise<void> {
  if (!await findRow(tx, memberId, id)) throw new Problem(problems.note_not_found);
  await removeRow(tx, memberId, id, tx.now.toISOString());
}

function answerOf({ blockIndex, blockHash, body, removedAt: _, ...row }: NoteRow): Note {
  return { ...row, text: body, place: blockIndex === null || blockHash === null ? null : { index: blockIndex, hash: blockHash } };
}
