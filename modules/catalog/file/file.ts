import { Problem, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Upload } from '@milpa/kernel/contract';
import { filesByIds, lockRoom, removeFile, storeFile, type Storage } from '@milpa/media';
import type { CourseRow } from '../course/queries.ts';
import { fileAddress } from '../html.ts';
import { findLessonRow, listAttachments } from '../lesson/queries.ts';
import { draftChanged } from '../outline/queries.ts';
import { sameItems } from '../outline/rules.ts';
import { problems } from '../problems.ts';
import type { Attachment, CourseFile, ListedFile } from './contract.ts';
import type * as contract from './contract.ts';
import { deleteAttachment, deleteCourseFileRow, hasFile, insertAttachment, insertCourseFiles, listFileIds, listUses, orderAttachments, renameAttachmentRow } from './queries.ts';
import { kindOf, mediaTypeOf } from './rules.ts';

export { kindOf } from './rules.ts';

const viewOf = (courseId: string, { id, name, mediaType, size }: { id: string; name: string; mediaType: string; size: number }): CourseFile =>
  ({ fileId: id, name, mediaType, kind: kindOf(mediaType), size, address: fileAddress(courseId, id) });

/** @throws Problem `catalog.file_empty`, `kernel.limit_reached`. */
export async function upload(tx: Tx, tenant: Tenant, storage: Storage, course: CourseRow, file: Upload): Promise<CourseFile> {
  if (file.size === 0) throw new Problem(problems.file_empty);
  const mediaType = mediaTypeOf(file.mediaType, file.name);
  const { name, size, sha256, path } = file;
  const id = await storeFile(tx, tenant, storage, { name, size, sha256, path, mediaType });
  await insertCourseFiles(tx, course.id, [id]);
  return viewOf(course.id, { id, name, mediaType, size });
}

export async function list(tx: Tx, course: CourseRow): Promise<{ data: ListedFile[] }> {
  const [files, uses] = await Promise.all([listFileIds(tx, course.id).then((ids) => filesByIds(tx, ids)), listUses(tx, course.id)]);
  const byFile = Map.groupBy(uses, ({ fileId }) => fileId);
  const usesOf = (id: string) => (byFile.get(id) ?? []).map(({ place, lessonId, title }) => ({ place, lessonId, title }));
  return { data: files.sort((a, b) => (a.id < b.id ? 1 : -1)).map((file) => ({ ...viewOf(course.id, file), uses: usesOf(file.id) })) };
}

/** The course must be locked, so that nothing begins to need the file meanwhile. Its bytes go with the daily sweep. @throws Problem `catalog.file_not_found`, `catalog.file_in_use`. */
export async function remove(tx: Tx, course: CourseRow, fileId: string): Promise<void> {
  if (!await hasFile(tx, course.id, fileId)) throw new Problem(problems.file_not_found);
  const [use] = await listUses(tx, course.id, fileId);
  if (use) throw new Problem(problems.file_in_use, { params: { place: use.place, title: use.title } });
  // A copy of the course has the same file: of two that delete it at once, the second one sees that it is the last.
  await lockRoom(tx);
  if (!await deleteCourseFileRow(tx, course.id, fileId)) await removeFile(tx, fileId);
}

/** A file of the course; undefined when it has no such file. */
export async function findFile(tx: Tx, courseId: string, fileId: string) {
  return await hasFile(tx, courseId, fileId) ? (await filesByIds(tx, [fileId]))[0] : undefined;
}

/** Attachments with what is known of their files. */
export async function attachmentsFrom(tx: Tx, kept: readonly { id: string; fileId: string; name: string }[]): Promise<Attachment[]> {
  if (kept.length === 0) return [];
  const files = new Map((await filesByIds(tx, kept.map((row) => row.fileId))).map((file) => [file.id, file]));
  return kept.flatMap(({ id, fileId, name }) => {
    const file = files.get(fileId);
    return file ? [{ id, fileId, name, mediaType: file.mediaType, size: file.size }] : [];
  });
}

/** Files that a lesson of the draft offers beside its text. */
export const attachmentsOf = async (tx: Tx, lessonId: string): Promise<Attachment[]> => attachmentsFrom(tx, await listAttachments(tx, lessonId));

/** @throws Problem `catalog.lesson_not_found`, `catalog.file_not_found`. */
export async function attach(tx: Tx, course: CourseRow, lessonId: string, input: Input<typeof contract.addAttachment>['body']): Promise<{ data: Attachment[] }> {
  const before = await attachmentsForChange(tx, course.id, lessonId);
  const file = await findFile(tx, course.id, input.fileId);
  if (!file) throw new Problem(problems.file_not_found);
  if (before.some(({ fileId }) => fileId === file.id)) return { data: await attachmentsOf(tx, lessonId) };
  await insertAttachment(tx, { courseId: course.id, lessonId, fileId: file.id, name: input.name ?? file.name, position: before.length });
  return changed(tx, course.id, lessonId);
}

/** @throws Problem `catalog.lesson_not_found`, `catalog.attachment_not_found`. */
export async function rename(tx: Tx, course: CourseRow, lessonId: string, attachmentId: string, name: string): Promise<{ data: Attachment[] }> {
  await attachmentsForChange(tx, course.id, lessonId);
  if (!await renameAttachmentRow(tx, lessonId, attachmentId, name)) throw new Problem(problems.attachment_not_found);
  return changed(tx, course.id, lessonId);
}

/** The file stays with the course, since a version may name it. @throws Problem as `rename`. */
export async function detach(tx: Tx, course: CourseRow, lessonId: string, attachmentId: string): Promise<void> {
  await attachmentsForChange(tx, course.id, lessonId);
  if (!await deleteAttachment(tx, lessonId, attachmentId)) throw new Problem(problems.attachment_not_found);
  await changed(tx, course.id, lessonId);
}

/** @throws Problem `catalog.lesson_not_found`, `catalog.outline_mismatch`. */
export async function reorder(tx: Tx, course: CourseRow, lessonId: string, attachmentIds: readonly string[]): Promise<{ data: Attachment[] }> {
  const before = await attachmentsForChange(tx, course.id, lessonId);
  if (!sameItems(attachmentIds, before.map(({ id }) => id))) throw new Problem(problems.outline_mismatch);
  await orderAttachments(tx, lessonId, attachmentIds);
  return changed(tx, course.id, lessonId);
}

async function attachmentsForChange(tx: Tx, courseId: string, lessonId: string) {
  const lesson = await findLessonRow(tx, courseId, lessonId);
  if (!lesson || lesson.removedAt !== null) throw new Problem(problems.lesson_not_found);
  return listAttachments(tx, lessonId);
}

async function changed(tx: Tx, courseId: string, lessonId: string): Promise<{ data: Attachment[] }> {
  await draftChanged(tx, courseId, { structure: false });
  return { data: await attachmentsOf(tx, lessonId) };
}
