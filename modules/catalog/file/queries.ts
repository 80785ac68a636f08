import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { ListedFile } from './contract.ts';

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

export interface FileUse { fileId: string; place: ListedFile['uses'][number]['place']; lessonId: string | null; title: string }

/** What needs the files of a course, the nearest first; or one of them. What was removed or written over may come back, and learners may be on an earlier version. */
export async function listUses(tx: Tx, courseId: string, fileId: string | null = null): Promise<FileUse[]> {
  const { rows } = await sql<FileUse>`
    with used (file_id, rank, place, lesson_id, title) as (
      select poster_file_id, 1, 'poster', null::uuid, '' from catalog.course where id = ${courseId}
      union all select unnest(catalog.named_files(description_html)), 2, 'description', null, '' from catalog.course where id = ${courseId}
      union all select unnest(l.file_ids || array(select a.file_id from catalog.attachment a where a.lesson_id = l.id)), case when l.removed_at is null then 3 else 4 end, case when l.removed_at is null then 'lesson' else 'removed' end, l.id, l.title
        from catalog.lesson l where l.course_id = ${courseId}
      union all select unnest(r.file_ids), 5, 'earlier', l.id, l.title from catalog.lesson_revision r join catalog.lesson l on l.id = r.lesson_id where r.course_id = ${courseId}
      union all select unnest(catalog.named_files(v.details ->> 'descriptionHtml')), 6, 'version', null, v.number::text from catalog.course_version v where v.course_id = ${courseId}
    )
    select distinct file_id, rank, place, lesson_id, title from used
    where file_id in (select file_id from catalog.course_file where course_id = ${courseId}) and (${fileId}::uuid is null or file_id = ${fileId}) order by rank, title`.execute(tx);
  return rows.map(({ fileId: of, place, lessonId, title }) => ({ fileId: of, place, lessonId, title }));
}

/** @returns whether another course has the file too. */
export async function deleteCourseFileRow(tx: Tx, courseId: string, fileId: string): Promise<boolean> {
  await tx.deleteFrom('catalog.courseFile').where('courseId', '=', courseId).where('fileId', '=', fileId).execute();
  return (await tx.selectFrom('catalog.courseFile').select('fileId').where('fileId', '=', fileId).limit(1).executeTakeFirst()) !== undefined;
}

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
