import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { CourseStatus } from '../tables.ts';

export const listModules = (tx: Tx, courseId: string) =>
  tx.selectFrom('catalog.courseModule').select(['id', 'title', 'position']).where('courseId', '=', courseId).orderBy('position').execute();

export const listLessons = (tx: Tx, courseId: string) =>
  tx.selectFrom('catalog.lesson').select(['id', 'moduleId', 'title', 'minutes', 'position']).where('courseId', '=', courseId).orderBy('position').execute();

/** Every lesson with its module, in order; a module without lessons is one row without a lesson. */
export async function listOutline(tx: Tx, courseId: string): Promise<{ moduleId: string; moduleTitle: string; id: string | null; title: string; minutes: number | null }[]> {
  const { rows } = await sql<{ moduleId: string; moduleTitle: string; id: string | null; title: string; minutes: number | null }>`
    select m.id as module_id, m.title as module_title, l.id, l.title, l.minutes
    from catalog.course_module m left join catalog.lesson l on l.tenant_id = m.tenant_id and l.module_id = m.id
    where m.course_id = ${courseId} order by m.position, l.position`.execute(tx);
  return rows;
}

export const findModule = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.courseModule').select(['id', 'title', 'position']).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

export const findLesson = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.lesson').select(['id', 'courseId', 'moduleId', 'title', 'minutes', 'bodyHtml', 'version', 'updatedAt'])
    .where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

export const listAttachments = (tx: Tx, lessonId: string) =>
  tx.selectFrom('catalog.attachment').select(['id', 'fileId', 'name']).where('lessonId', '=', lessonId).orderBy('position').orderBy('id').execute();

/** Whether a file belongs to the course, in a lesson or beside one. */
export const hasFile = async (tx: Tx, courseId: string, fileId: string): Promise<boolean> =>
  (await tx.selectFrom('catalog.attachment').select('id').where('courseId', '=', courseId).where('fileId', '=', fileId).limit(1).executeTakeFirst()) !== undefined;

export const nextModulePosition = async (tx: Tx, courseId: string): Promise<number> =>
  (await tx.selectFrom('catalog.courseModule').select((is) => is.fn.coalesce(is.fn.max('position'), sql<number>`0`).as('last')).where('courseId', '=', courseId).executeTakeFirstOrThrow()).last + 1;

export const nextLessonPosition = async (tx: Tx, moduleId: string): Promise<number> =>
  (await tx.selectFrom('catalog.lesson').select((is) => is.fn.coalesce(is.fn.max('position'), sql<number>`0`).as('last')).where('moduleId', '=', moduleId).executeTakeFirstOrThrow()).last + 1;

/** Brings the course's counts up to date after its outline has changed, and marks it as changed. @returns its state and how many lessons it has now. */
export async function refreshCounts(tx: Tx, courseId: string): Promise<{ status: CourseStatus; lessonCount: number } | undefined> {
  const { rows } = await sql<{ status: CourseStatus; lessonCount: number }>`
    update catalog.course set
      module_count = (select count(*) from catalog.course_module where course_id = ${courseId}),
      lesson_count = (select count(*) from catalog.lesson where course_id = ${courseId}),
      duration_minutes = (select coalesce(sum(minutes), 0) from catalog.lesson where course_id = ${courseId}),
      version = version + 1, updated_at = ${tx.now.toISOString()}
    where id = ${courseId} returning status, lesson_count`.execute(tx);
  return rows[0];
}

export const lessonExists = async (tx: Tx, courseId: string, id: string): Promise<boolean> =>
  (await tx.selectFrom('catalog.lesson').select('id').where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst()) !== undefined;
