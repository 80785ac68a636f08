import { filesByIds } from '@milpa/media';
import { present, Problem, problems as kernelProblems, type Actor, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { maySeeCourse } from '../course/course.ts';
import { findCourseStanding, type CourseRow } from '../course/queries.ts';
import { fileAddresses, fileReferences, sanitizeHtml } from '../html.ts';
import { problems } from '../problems.ts';
import type * as contract from './contract.ts';
import type { Attachment, ManagedLesson, OutlineModule } from './contract.ts';
import { findLesson, findModule, listAttachments, listLessons, listModules, listOutline, nextLessonPosition, nextModulePosition, refreshCounts } from './queries.ts';
import { isReordering } from './rules.ts';

/** Modules and lessons of a course, in order. */
export async function outlineOf(tx: Tx, courseId: string): Promise<OutlineModule[]> {
  const byModule = Map.groupBy(await listOutline(tx, courseId), (row) => row.moduleId);
  return [...byModule].map(([id, rows]) => ({
    id, title: rows[0]!.moduleTitle, lessons: rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, title: row.title, minutes: row.minutes }])),
  }));
}

/** The same by the course's id or slug. @throws Problem `catalog.course_not_found` as `getCourse`. */
export async function visibleOutline(tx: Tx, actor: Actor, key: string): Promise<{ modules: OutlineModule[] }> {
  const course = await findCourseStanding(tx, key);
  if (!course || !maySeeCourse(actor, course)) throw new Problem(problems.course_not_found);
  return { modules: await outlineOf(tx, course.id) };
}

/** Files that a lesson offers beside its text. */
export async function attachmentsOf(tx: Tx, lessonId: string): Promise<Attachment[]> {
  const rows = await listAttachments(tx, lessonId);
  const files = new Map((await filesByIds(tx, rows.map((row) => row.fileId))).map((file) => [file.id, file]));
  return rows.flatMap((row) => {
    const file = files.get(row.fileId);
    return file ? [{ ...row, mediaType: file.mediaType, size: file.size }] : [];
  });
}

export async function addModule(tx: Tx, course: CourseRow, title: string): Promise<OutlineModule> {
  const { id } = await tx.insertInto('catalog.courseModule').values({ courseId: course.id, title, position: await nextModulePosition(tx, course.id) }).returning('id').executeTakeFirstOrThrow();
  await refreshCounts(tx, course.id);
  return { id, title, lessons: [] };
}

/** @throws Problem `catalog.module_not_found`. */
export async function renameModule(tx: Tx, course: CourseRow, moduleId: string, title: string): Promise<{ id: string; title: string }> {
  const row = await tx.updateTable('catalog.courseModule').set({ title }).where('courseId', '=', course.id).where('id', '=', moduleId).returning(['id', 'title']).executeTakeFirst();
  if (!row) throw new Problem(problems.module_not_found);
  return row;
}

/** @throws Problem `catalog.module_not_found`, `catalog.last_lesson`. */
export async function removeModule(tx: Tx, course: CourseRow, moduleId: string): Promise<void> {
  const row = await tx.deleteFrom('catalog.courseModule').where('courseId', '=', course.id).where('id', '=', moduleId).returning('id').executeTakeFirst();
  if (!row) throw new Problem(problems.module_not_found);
  await recount(tx, course.id);
}

/** @throws Problem `catalog.module_not_found`. */
export async function addLesson(tx: Tx, course: CourseRow, moduleId: string, input: Input<typeof contract.addLesson>['body']): Promise<ManagedLesson> {
  if (!await findModule(tx, course.id, moduleId)) throw new Problem(problems.module_not_found);
  const { id } = await tx.insertInto('catalog.lesson').values({
    courseId: course.id, moduleId, title: input.title, minutes: input.minutes, bodyHtml: sanitizeHtml(fileReferences(input.bodyHtml, course.id)),
    position: await nextLessonPosition(tx, moduleId), updatedAt: tx.now.toISOString(),
  }).returning('id').executeTakeFirstOrThrow();
  await refreshCounts(tx, course.id);
  return managedLesson(tx, course.id, id);
}

/** @throws Problem `catalog.lesson_not_found`. */
export async function managedLesson(tx: Tx, courseId: string, lessonId: string): Promise<ManagedLesson> {
  const lesson = await findLesson(tx, courseId, lessonId);
  if (!lesson) throw new Problem(problems.lesson_not_found);
  return { ...lesson, bodyHtml: fileAddresses(lesson.bodyHtml, courseId), attachments: await attachmentsOf(tx, lessonId) };
}

/** @throws Problem `catalog.lesson_not_found`, `kernel.version_conflict`. */
export async function updateLesson(tx: Tx, course: CourseRow, lessonId: string, version: number, input: Input<typeof contract.updateLesson>['body']): Promise<ManagedLesson> {
  if (!await findLesson(tx, course.id, lessonId)) throw new Problem(problems.lesson_not_found);
  const changed = await tx.updateTable('catalog.lesson')
    .set({ ...present(input), ...(input.bodyHtml === undefined ? {} : { bodyHtml: sanitizeHtml(fileReferences(input.bodyHtml, course.id)) }), version: sql`version + 1`, updatedAt: tx.now.toISOString() })
    .where('courseId', '=', course.id).where('id', '=', lessonId).where('version', '=', version).returning('id').executeTakeFirst();
  if (!changed) throw new Problem(kernelProblems.version_conflict);
  await refreshCounts(tx, course.id);
  return managedLesson(tx, course.id, lessonId);
}

/** @throws Problem `catalog.lesson_not_found`, `catalog.last_lesson`. */
export async function removeLesson(tx: Tx, course: CourseRow, lessonId: string): Promise<void> {
  const row = await tx.deleteFrom('catalog.lesson').where('courseId', '=', course.id).where('id', '=', lessonId).returning('id').executeTakeFirst();
  if (!row) throw new Problem(problems.lesson_not_found);
  await recount(tx, course.id);
}

/** After something was removed. What is published keeps a lesson. @throws Problem `catalog.last_lesson`. */
async function recount(tx: Tx, courseId: string): Promise<void> {
  const course = await refreshCounts(tx, courseId);
  if (course?.status === 'published' && course.lessonCount === 0) throw new Problem(problems.last_lesson);
}

/** Puts everything into the order given, which must name all of it. @throws Problem `catalog.outline_mismatch`, `kernel.version_conflict`. */
export async function reorder(tx: Tx, course: CourseRow, version: number, input: Input<typeof contract.reorderOutline>['body']): Promise<{ modules: OutlineModule[] }> {
  if (course.version !== version) throw new Problem(kernelProblems.version_conflict);
  const [modules, lessons] = await Promise.all([listModules(tx, course.id), listLessons(tx, course.id)]);
  if (!isReordering(input.modules, modules.map((row) => row.id), lessons.map((row) => row.id))) throw new Problem(problems.outline_mismatch);
  const order = JSON.stringify(input.modules.flatMap((module) => module.lessonIds.map((id, index) => ({ id, moduleId: module.id, position: index + 1 }))));
  await sql`update catalog.course_module m set position = o.ordinality from jsonb_array_elements_text(${JSON.stringify(input.modules.map((module) => module.id))}::jsonb) with ordinality o(id, ordinality) where m.course_id = ${course.id} and m.id = o.id::uuid`.execute(tx);
  await sql`update catalog.lesson l set position = o.position, module_id = o."moduleId" from jsonb_to_recordset(${order}::jsonb) o(id uuid, "moduleId" uuid, position int) where l.course_id = ${course.id} and l.id = o.id`.execute(tx);
  await refreshCounts(tx, course.id);
  return { modules: await outlineOf(tx, course.id) };
}
