import { memberNames } from '@milpa/identity';
import { decodeCursor, Problem, toPage, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import type { CourseRow } from '../course/queries.ts';
import { findCourse } from '../course/queries.ts';
import { attachmentsFrom } from '../file/file.ts';
import { fileAddresses, readerHtml } from '../html.ts';
import { findLessonRow, findRevision, listAttachments, replaceAttachments, revisionsByIds } from '../lesson/queries.ts';
import { draftChanged, listDraft, listModules, place } from '../outline/queries.ts';
import { draftModules, outlineOfDraft } from '../outline/rules.ts';
import { problems } from '../problems.ts';
import type { KeptAttachment, VersionDetails } from '../tables.ts';
import type * as contract from './contract.ts';
import type { CourseOutline, CourseVersion, VersionChanges } from './contract.ts';
import { findOutline, findVersion, insertVersion, keepRevisions, latestVersion, listVersionRows, outlinesByIds, type OutlineRow, type VersionRow, type VersionSummaryRow } from './queries.ts';
import { changesBetween, countsOf, type ComparedOutline } from './rules.ts';

async function views(tx: Tx, publishedVersionId: string | null, rows: readonly VersionSummaryRow[]): Promise<CourseVersion[]> {
  const names = await memberNames(tx, rows.flatMap((row) => row.memberId ?? []));
  return rows.map(({ id, number, note, createdAt, memberId, publishedAt, lessonCount, durationMinutes }) => {
    const name = memberId === null ? undefined : names.get(memberId);
    return { id, number, note, createdAt, publishedAt, lessonCount, durationMinutes, current: id === publishedVersionId, member: memberId !== null && name !== undefined ? { id: memberId, name } : null };
  });
}

export async function list(tx: Tx, course: CourseRow, { limit, cursor }: Input<typeof contract.listVersions>['query']): Promise<Output<typeof contract.listVersions>> {
  const rows = await listVersionRows(tx, course.id, limit + 1, decodeCursor(cursor, ['number'])?.[0] ?? null);
  const { data, page } = toPage(rows, limit, (row) => [row.number]);
  return { data: await views(tx, course.publishedVersionId, data), page };
}

/** @throws Problem `catalog.version_not_found`. */
export async function get(tx: Tx, course: CourseRow, versionId: string): Promise<Output<typeof contract.getVersion>> {
  const row = await requireVersion(tx, course.id, versionId);
  const [view] = await views(tx, course.publishedVersionId, [row]);
  return { ...view!, details: { ...row.details, descriptionHtml: fileAddresses(row.details.descriptionHtml, course.id) }, outline: row.outline };
}

async function requireVersion(tx: Tx, courseId: string, versionId: string): Promise<VersionRow> {
  const row = await findVersion(tx, courseId, versionId);
  if (!row) throw new Problem(problems.version_not_found);
  return row;
}

/** @throws Problem `catalog.version_not_found`, `catalog.lesson_not_found`. */
export async function getLesson(tx: Tx, course: CourseRow, versionId: string, lessonId: string): Promise<Output<typeof contract.getVersionLesson>> {
  const { outline } = await requireVersion(tx, course.id, versionId);
  const lesson = outline.modules.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId);
  const content = lesson && await contentOf(tx, course.id, lesson);
  if (!content) throw new Problem(problems.lesson_not_found);
  return { id: lessonId, title: content.title, minutes: content.minutes, bodyHtml: readerHtml(content.bodyHtml, course.id), attachments: await attachmentsFrom(tx, content.attachments) };
}

/** What a lesson says: in a version by its revision, in the draft without one. */
async function contentOf(tx: Tx, courseId: string, lesson: { id: string; revisionId: string | null }) {
  if (lesson.revisionId !== null) return findRevision(tx, courseId, lesson.id, lesson.revisionId);
  const [row, attachments] = await Promise.all([findLessonRow(tx, courseId, lesson.id), listAttachments(tx, lesson.id)]);
  return row && { ...row, attachments };
}

/** The same for readers: with addresses of files and with equations. Undefined when it is not there. */
export async function lessonForReaders(tx: Tx, courseId: string, lesson: { id: string; revisionId: string | null }) {
  const content = await contentOf(tx, courseId, lesson);
  return content && { bodyHtml: readerHtml(content.bodyHtml, courseId), attachments: await attachmentsFrom(tx, content.attachments) };
}

/** The outline that a version keeps. Undefined when the course has no such version. */
export const versionFor = (tx: Tx, courseId: string, versionId: string): Promise<OutlineRow | undefined> => findOutline(tx, courseId, versionId);

/** The same of several at once, each by its version's id. */
export const versionsFor = (tx: Tx, versionIds: readonly string[]): Promise<ReadonlyMap<string, OutlineRow>> => outlinesByIds(tx, versionIds);

/** The draft in the shape of a version, for who looks at it as a learner would. */
export const draftFor = async (tx: Tx, course: CourseRow): Promise<CourseOutline> => outlineOfDraft(course, draftModules(await listDraft(tx, course.id)));

/** Keeps the draft without publishing it. @throws Problem `catalog.course_empty`. */
export async function save(tx: Tx, course: CourseRow, note: string): Promise<CourseVersion> {
  return (await views(tx, course.publishedVersionId, [await keepVersion(tx, course, note)]))[0]!;
}

/** The version that the draft is, made unless it is there already; the course must be locked. @throws Problem `catalog.course_empty`. */
export async function keepVersion(tx: Tx, course: CourseRow, note: string): Promise<VersionRow> {
  const latest = await latestVersion(tx, course.id);
  if (latest?.contentVersion === course.contentVersion) return latest;
  const modules = draftModules(await listDraft(tx, course.id));
  if (modules.length === 0) throw new Problem(problems.course_empty);
  const outline = outlineOfDraft(course, modules, await keepRevisions(tx, course.id));
  const { title, summary, descriptionHtml, language, level, tags } = course;
  const details: VersionDetails = { title, summary, descriptionHtml, language, level, tags };
  return insertVersion(tx, { courseId: course.id, number: (latest?.number ?? 0) + 1, note, contentVersion: course.contentVersion, details, outline, ...countsOf(outline) });
}

/** @throws Problem `catalog.version_not_found`. */
export async function compare(tx: Tx, course: CourseRow, versionId: string, to: string): Promise<VersionChanges> {
  const before = (await requireVersion(tx, course.id, versionId)).outline;
  const after = to === 'draft' ? await draftFor(tx, course) : (await requireVersion(tx, course.id, to)).outline;
  const differ = new Set(lessonIds(before).filter(({ id, revisionId }) => lessonIds(after).some((other) => other.id === id && (other.revisionId === null || other.revisionId !== revisionId))).map(({ id }) => id));
  const [old, now] = [await compared(tx, course.id, before, differ), await compared(tx, course.id, after, differ)];
  return changesBetween(old, now);
}

const lessonIds = ({ modules }: CourseOutline) => modules.flatMap(({ lessons }) => lessons);

/** An outline with what those lessons say whose content may differ. */
async function compared(tx: Tx, courseId: string, outline: CourseOutline, differ: ReadonlySet<string>): Promise<ComparedOutline> {
  const lessons = lessonIds(outline).filter(({ id }) => differ.has(id));
  const revisions = await revisionsByIds(tx, lessons.flatMap(({ revisionId }) => revisionId ?? []));
  const contents: ComparedOutline['contents'] = new Map();
  for (const lesson of lessons) {
    const content = lesson.revisionId === null ? await contentOf(tx, courseId, lesson) : revisions.get(lesson.revisionId);
    if (content) contents.set(lesson.id, { bodyHtml: content.bodyHtml, attachments: content.attachments.map(({ fileId, name }: KeptAttachment) => `${fileId} ${name}`) });
  }
  return { outline, contents };
}

/** Makes the draft what the version is; what was not in it is removed, and can come back. @throws Problem `catalog.version_not_found`. */
export async function restore(tx: Tx, course: CourseRow, versionId: string): Promise<Output<typeof contract.restoreVersion>> {
  const { outline } = await requireVersion(tx, course.id, versionId);
  const latest = await latestVersion(tx, course.id);
  const unsaved = latest?.contentVersion !== course.contentVersion && (await listModules(tx, course.id)).some((module) => module.removedAt === null);
  const kept = unsaved ? await keepVersion(tx, course, '') : null;
  await restoreStructure(tx, course.id, outline);
  await restoreLessons(tx, course.id, outline);
  await tx.updateTable('catalog.course').set({ requiredShare: outline.requiredShare, sequential: outline.sequential }).where('id', '=', course.id).execute();
  await draftChanged(tx, course.id, { structure: true });
  return { kept: kept && (await views(tx, course.publishedVersionId, [kept]))[0]! };
}

async function restoreStructure(tx: Tx, courseId: string, { modules }: CourseOutline): Promise<void> {
  const now = tx.now.toISOString();
  await tx.updateTable('catalog.lesson').set({ removedAt: now }).where('courseId', '=', courseId).where('removedAt', 'is', null).execute();
  await tx.updateTable('catalog.courseModule').set({ removedAt: now }).where('courseId', '=', courseId).where('removedAt', 'is', null).execute();
  for (const { id, title, release, prerequisiteIds } of modules) {
    await tx.updateTable('catalog.courseModule').set({ title, release, prerequisiteIds, removedAt: null }).where('courseId', '=', courseId).where('id', '=', id).execute();
  }
  await place(tx, courseId, modules.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id) })));
}

/** A text that is in no revision has been kept by now, with the version that the draft became. */
async function restoreLessons(tx: Tx, courseId: string, outline: CourseOutline): Promise<void> {
  const course = await findCourse(tx, courseId);
  if (!course) return;
  const lessons = lessonIds(outline);
  const revisions = await revisionsByIds(tx, lessons.flatMap(({ revisionId }) => revisionId ?? []));
  for (const { id, title, minutes, completion, optional, revisionId } of lessons) {
    const revision = revisionId === null ? undefined : revisions.get(revisionId);
    if (!revision) continue;
    const before = await findLessonRow(tx, courseId, id);
    if (!before) continue;
    const same = before.bodyHtml === revision.bodyHtml && before.title === title && before.minutes === minutes && before.completion === completion && before.optional === optional;
    await tx.updateTable('catalog.lesson').set({
      removedAt: null, title, minutes, completion, optional, bodyHtml: revision.bodyHtml,
      ...(same ? {} : { version: before.version + 1, updatedAt: tx.now.toISOString(), memberId: tx.actor.memberId }),
    }).where('id', '=', id).execute();
    await replaceAttachments(tx, courseId, id, revision.attachments);
  }
}
