import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { KeptAttachment } from '../tables.ts';

export type LessonRow = NonNullable<Awaited<ReturnType<typeof findLessonRow>>>;

/** A lesson of the draft, also one that was removed. */
export const findLessonRow = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.lesson').select(['id', 'courseId', 'moduleId', 'position', 'title', 'minutes', 'completion', 'optional', 'bodyHtml', 'version', 'updatedAt', 'memberId', 'keptAt', 'removedAt'])
    .where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

/** Whether a course has, or had, a lesson. */
export const lessonExists = async (tx: Tx, courseId: string, id: string): Promise<boolean> =>
  (await tx.selectFrom('catalog.lesson').select('id').where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst()) !== undefined;

export const listAttachments = (tx: Tx, lessonId: string) =>
  tx.selectFrom('catalog.attachment').select(['id', 'fileId', 'name']).where('lessonId', '=', lessonId).orderBy('position').orderBy('id').execute();

const revisionColumns = ['id', 'lessonId', 'title', 'minutes', 'createdAt', 'memberId'] as const;

export const findRevision = (tx: Tx, courseId: string, lessonId: string, id: string) =>
  tx.selectFrom('catalog.lessonRevision').select([...revisionColumns, 'bodyHtml', 'attachments', 'digest']).where('courseId', '=', courseId).where('lessonId', '=', lessonId).where('id', '=', id).executeTakeFirst();

export const revisionsByIds = async (tx: Tx, ids: readonly string[]) =>
  new Map(ids.length === 0 ? [] : (await tx.selectFrom('catalog.lessonRevision').select([...revisionColumns, 'bodyHtml', 'attachments']).where('id', 'in', ids).execute()).map((row) => [row.id, row]));

export function listRevisionRows(tx: Tx, lessonId: string, limit: number, before: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('catalog.lessonRevision').select([...revisionColumns, 'digest']).where('lessonId', '=', lessonId).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(before[0], before[1])));
  return query.execute();
}

/** What tells the lesson's content as it is now from any other. */
export async function currentDigest(tx: Tx, lessonId: string): Promise<string | null> {
  const { rows } = await sql<{ digest: string }>`
    select catalog.lesson_digest(title, minutes, body_html, catalog.lesson_attachments(id)) as digest from catalog.lesson where id = ${lessonId}`.execute(tx);
  return rows[0]?.digest ?? null;
}

/** Puts these attachments in the place of those that are there; their files belong to the course already. */
export async function replaceAttachments(tx: Tx, courseId: string, lessonId: string, attachments: readonly KeptAttachment[]): Promise<void> {
  await tx.deleteFrom('catalog.attachment').where('lessonId', '=', lessonId).execute();
  if (attachments.length > 0) await tx.insertInto('catalog.attachment').values(attachments.map(({ id, fileId, name }, position) => ({ id, courseId, lessonId, fileId, name, position }))).execute();
}
