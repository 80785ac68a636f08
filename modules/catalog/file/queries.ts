import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

/** A statement holds 65,535 parameters. */
const rowsAtOnce = 5000;

/** Makes stored files those of a course; what is one already stays. */
export async function insertCourseFiles(tx: Tx, courseId: string, fileIds: readonly string[]): Promise<void> {
  for (let start = 0; start < fileIds.length; start += rowsAtOnce) {
    await tx.insertInto('catalog.courseFile').values(fileIds.slice(start, start + rowsAtOnce).map((fileId) => ({ courseId, fileId }))).onConflict((conflict) => conflict.doNothing()).execute();
  }
}

export const listFileIds = async (tx: Tx, courseId: string): Promise<string[]> =>
  (await tx.selectFrom('catalog.courseFile').select('fileId').where('courseId', '=', courseId).execute()).map((row) => row.fileId);

/** Whether a file belongs to the course, in a lesson, beside one, or in an older version. */
export const hasFile = async (tx: Tx, courseId: string, fileId: string): Promise<boolean> =>
  (await tx.selectFrom('catalog.courseFile').select('fileId').where('courseId', '=', courseId).where('fileId', '=', fileId).executeTakeFirst()) !== undefined;

/** Which of these revisions name the file or offer it. */
export const revisionsWithFile = async (tx: Tx, courseId: string, revisionIds: readonly string[], fileId: string): Promise<Set<string>> =>
  new Set((await tx.selectFrom('catalog.lessonRevision').select('id').where('courseId', '=', courseId)
    .where(sql<boolean>`id = any(${revisionIds}::uuid[]) and ${fileId}::uuid = any(file_ids)`).execute()).map((row) => row.id));

interface NewAttachment { courseId: string; lessonId: string; fileId: string; name: string; position: number }

export async function insertAttachment(tx: Tx, attachment: NewAttachment): Promise<void> {
  await tx.insertInto('catalog.attachment').values(attachment).execute();
}

export const renameAttachmentRow = async (tx: Tx, lessonId: string, id: string, name: string): Promise<boolean> =>
  (await tx.updateTable('catalog.attachment').set({ name }).where('lessonId', '=', lessonId).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;

export const deleteAttachment = async (tx: Tx, lessonId: string, id: string): Promise<boolean> =>
  (await tx.deleteFrom('catalog.attachment').where('lessonId', '=', lessonId).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;

export const orderAttachments = (tx: Tx, lessonId: string, ids: readonly string[]) => sql`
  update catalog.attachment a set position = o.ordinality from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality o(id, ordinality) where a.lesson_id = ${lessonId} and a.id = o.id::uuid`.execute(tx);
