import { memberNames } from '@milpa/identity';
import { decodeCursor, present, Problem, problems as kernelProblems, toPage, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import type { CourseRow } from '../course/queries.ts';
import { attachmentsFrom, attachmentsOf } from '../file/file.ts';
import { fileAddresses, fileReferences, plainText, readerHtml, sanitizeHtml } from '../html.ts';
import { draftChanged, findModule, makeRoom, nextLessonPosition } from '../outline/queries.ts';
import { problems } from '../problems.ts';
import { keepRevisions } from '../version/queries.ts';
import { textChanges } from '../version/rules.ts';
import type * as contract from './contract.ts';
import type { LessonRevision, ManagedLesson } from './contract.ts';
import { currentDigest, findLessonRow, findRevision, listAttachments, listRevisionRows, replaceAttachments, type LessonRow } from './queries.ts';
import { isToKeep } from './rules.ts';

/** @throws Problem `catalog.module_not_found`. */
export async function addLesson(tx: Tx, course: CourseRow, moduleId: string, input: Input<typeof contract.addLesson>['body']): Promise<ManagedLesson> {
  const module = await findModule(tx, course.id, moduleId);
  if (!module || module.removedAt !== null) throw new Problem(problems.module_not_found);
  const { id } = await tx.insertInto('catalog.lesson').values({
    courseId: course.id, moduleId, title: input.title, minutes: input.minutes, bodyHtml: sanitizeHtml(fileReferences(input.bodyHtml, course.id)),
    position: await nextLessonPosition(tx, moduleId), updatedAt: tx.now.toISOString(), memberId: tx.actor.memberId,
  }).returning('id').executeTakeFirstOrThrow();
  await draftChanged(tx, course.id, { structure: true });
  return managedLesson(tx, course.id, id);
}

/** @throws Problem `catalog.lesson_not_found`. */
export async function managedLesson(tx: Tx, courseId: string, lessonId: string): Promise<ManagedLesson> {
  const { position: _, memberId, keptAt: __, removedAt: ___, ...lesson } = await requireLesson(tx, courseId, lessonId);
  const [attachments, names] = await Promise.all([attachmentsOf(tx, lessonId), memberNames(tx, memberId === null ? [] : [memberId])]);
  return { ...lesson, bodyHtml: fileAddresses(lesson.bodyHtml, courseId), attachments, updatedBy: memberId === null ? null : names.get(memberId) ?? null };
}

async function requireLesson(tx: Tx, courseId: string, lessonId: string): Promise<LessonRow> {
  const lesson = await findLessonRow(tx, courseId, lessonId);
  if (!lesson || lesson.removedAt !== null) throw new Problem(problems.lesson_not_found);
  return lesson;
}

/** @throws Problem `catalog.lesson_not_found`, `kernel.version_conflict`. */
export async function updateLesson(tx: Tx, course: CourseRow, lessonId: string, version: number, { keep = false, ...input }: Input<typeof contract.updateLesson>['body']): Promise<ManagedLesson> {
  const before = await requireLesson(tx, course.id, lessonId);
  if (before.version !== version) throw new Problem(kernelProblems.version_conflict);
  const bodyHtml = input.bodyHtml === undefined ? before.bodyHtml : sanitizeHtml(fileReferences(input.bodyHtml, course.id));
  await change(tx, course, before, { ...present(input), bodyHtml }, keep);
  return managedLesson(tx, course.id, lessonId);
}

type Content = Pick<LessonRow, 'title' | 'minutes' | 'bodyHtml' | 'completion' | 'optional'>;

/** Writes what differs, after what it replaces has been kept where somebody may miss it. Nothing differs: nothing happens. */
async function change(tx: Tx, course: CourseRow, before: LessonRow, input: Partial<Content>, keep: boolean): Promise<boolean> {
  const after = { title: before.title, minutes: before.minutes, bodyHtml: before.bodyHtml, completion: before.completion, optional: before.optional, ...input };
  const differs = (name: keyof Content) => after[name] !== before[name];
  if (!(Object.keys(after) as (keyof Content)[]).some(differs)) return false;
  const replacesText = (['title', 'minutes', 'bodyHtml'] as const).some(differs);
  if (replacesText && (keep || isToKeep(before, tx.actor.memberId, tx.now))) await keepRevisions(tx, course.id, before.id);
  await tx.updateTable('catalog.lesson').set({ ...after, version: before.version + 1, updatedAt: tx.now.toISOString(), memberId: tx.actor.memberId }).where('id', '=', before.id).execute();
  await draftChanged(tx, course.id, { structure: false });
  return true;
}

/** @throws Problem `catalog.lesson_not_found`. */
export async function duplicateLesson(tx: Tx, course: CourseRow, lessonId: string): Promise<ManagedLesson> {
  const { moduleId, position, title, minutes, completion, optional, bodyHtml } = await requireLesson(tx, course.id, lessonId);
  await makeRoom(tx, 'lesson', moduleId, position + 1);
  const { id } = await tx.insertInto('catalog.lesson')
    .values({ courseId: course.id, moduleId, position: position + 1, title, minutes, completion, optional, bodyHtml, updatedAt: tx.now.toISOString(), memberId: tx.actor.memberId }).returning('id').executeTakeFirstOrThrow();
  const attachments = await listAttachments(tx, lessonId);
  await replaceAttachments(tx, course.id, id, attachments.map((attachment) => ({ ...attachment, id: crypto.randomUUID() })));
  await draftChanged(tx, course.id, { structure: true });
  return managedLesson(tx, course.id, id);
}

async function views(tx: Tx, digest: string | null, rows: readonly { id: string; title: string; createdAt: string; memberId: string | null; digest: string }[]): Promise<LessonRevision[]> {
  const names = await memberNames(tx, rows.flatMap((row) => row.memberId ?? []));
  return rows.map(({ id, title, createdAt, memberId, digest: own }) => {
    const name = memberId === null ? undefined : names.get(memberId);
    return { id, title, createdAt, current: own === digest, member: memberId !== null && name !== undefined ? { id: memberId, name } : null };
  });
}

/** @throws Problem `catalog.lesson_not_found`. */
export async function listRevisions(tx: Tx, course: CourseRow, lessonId: string, { limit, cursor }: Input<typeof contract.listRevisions>['query']): Promise<Output<typeof contract.listRevisions>> {
  await requireLesson(tx, course.id, lessonId);
  const rows = await listRevisionRows(tx, lessonId, limit + 1, decodeCursor(cursor, ['string', 'string']));
  const { data, page } = toPage(rows, limit, (row) => [row.createdAt, row.id]);
  return { data: await views(tx, await currentDigest(tx, lessonId), data), page };
}

/** @throws Problem `catalog.lesson_not_found`, `catalog.revision_not_found`. */
export async function getRevision(tx: Tx, course: CourseRow, lessonId: string, revisionId: string): Promise<Output<typeof contract.getRevision>> {
  const lesson = await requireLesson(tx, course.id, lessonId);
  const revision = await requireRevision(tx, course.id, lessonId, revisionId);
  const [[view], attachments] = await Promise.all([views(tx, await currentDigest(tx, lessonId), [revision]), attachmentsFrom(tx, revision.attachments)]);
  return { ...view!, minutes: revision.minutes, bodyHtml: readerHtml(revision.bodyHtml, course.id), attachments, changes: textChanges(plainText(revision.bodyHtml), plainText(lesson.bodyHtml)) };
}

async function requireRevision(tx: Tx, courseId: string, lessonId: string, revisionId: string) {
  const revision = await findRevision(tx, courseId, lessonId, revisionId);
  if (!revision) throw new Problem(problems.revision_not_found);
  return revision;
}

/** Gives a lesson an earlier text back; the one that it has is kept. @throws Problem `catalog.lesson_not_found`, `catalog.revision_not_found`, `kernel.version_conflict`. */
export async function restoreRevision(tx: Tx, course: CourseRow, lessonId: string, revisionId: string, version: number): Promise<ManagedLesson> {
  const before = await requireLesson(tx, course.id, lessonId);
  const { title, minutes, bodyHtml, attachments } = await requireRevision(tx, course.id, lessonId, revisionId);
  if (before.version !== version) throw new Problem(kernelProblems.version_conflict);
  await keepRevisions(tx, course.id, lessonId);
  const isText = await change(tx, course, before, { title, minutes, bodyHtml }, false);
  if (JSON.stringify(await listAttachments(tx, lessonId)) !== JSON.stringify(attachments)) {
    await replaceAttachments(tx, course.id, lessonId, attachments);
    if (!isText) await draftChanged(tx, course.id, { structure: false });
  }
  return managedLesson(tx, course.id, lessonId);
}
