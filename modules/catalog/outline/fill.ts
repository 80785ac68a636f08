/** Puts a whole outline into an empty course at once, as an import does, or a copy. */
import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import { insertCourseFiles } from '../file/queries.ts';
import type { Completion, Release } from '../version/contract.ts';
import { draftChanged } from './queries.ts';

export interface ContentLesson {
  title: string; minutes: number | null;
  /** Safe already: see `sanitizeHtml`. `milpa-lesson:<module>/<lesson>` links count from 0. */
  html: string;
  attachments: { fileId: string; name: string }[];
  completion?: Completion; optional?: boolean;
}
export interface CourseContent {
  modules: { title: string; lessons: ContentLesson[]; release?: Release; /** Modules to complete first, by their place from 0. */ prerequisites?: number[] }[];
  /** Files used inside lessons, not listed beside one. */
  embedded: { fileId: string; name: string }[];
  /** How the course is gone through and completed; as a new course has it unless told. */
  rules?: { requiredShare: number; sequential: boolean };
}

/** Links between lessons, by place in the package, become links by id. */
const linkLessons = (html: string, ids: readonly (readonly string[])[]): string =>
  html.replace(/milpa-lesson:(\d+)\/(\d+)/g, (_, module: string, lesson: string) => {
    const id = ids[Number(module)]?.[Number(lesson)];
    return id ? `milpa-lesson:${id}` : '#';
  });

export async function fillCourse(tx: Tx, courseId: string, content: CourseContent): Promise<void> {
  await insertCourseFiles(tx, courseId, [...new Set([...content.embedded, ...content.modules.flatMap(({ lessons }) => lessons.flatMap(({ attachments }) => attachments))].map(({ fileId }) => fileId))]);
  const moduleIds: string[] = [];
  const ids: string[][] = [];
  for (const [index, module] of content.modules.entries()) {
    const { id: moduleId } = await tx.insertInto('catalog.courseModule').values({ courseId, title: module.title, position: index + 1, ...(module.release && { release: module.release }) }).returning('id').executeTakeFirstOrThrow();
    moduleIds.push(moduleId);
    if (module.lessons.length === 0) { ids.push([]); continue; }
    const rows = await tx.insertInto('catalog.lesson').values(module.lessons.map((lesson, position) => ({
      courseId, moduleId, title: lesson.title, minutes: lesson.minutes, bodyHtml: lesson.html, completion: lesson.completion ?? 'mark', optional: lesson.optional ?? false,
      position: position + 1, updatedAt: tx.now.toISOString(), memberId: tx.actor.memberId,
    }))).returning(['id', 'position']).execute();
    ids.push(rows.sort((a, b) => a.position - b.position).map((row) => row.id));
  }
  for (const [moduleIndex, module] of content.modules.entries()) {
    if (module.prerequisites?.length) await tx.updateTable('catalog.courseModule').set({ prerequisiteIds: module.prerequisites.flatMap((at) => moduleIds[at] ?? []) }).where('id', '=', moduleIds[moduleIndex]!).execute();
    for (const [lessonIndex, lesson] of module.lessons.entries()) {
      const lessonId = ids[moduleIndex]![lessonIndex]!;
      const linked = linkLessons(lesson.html, ids);
      if (linked !== lesson.html) await tx.updateTable('catalog.lesson').set({ bodyHtml: linked }).where('id', '=', lessonId).execute();
      await attach(tx, courseId, lessonId, lesson.attachments);
    }
  }
  if (content.rules) await tx.updateTable('catalog.course').set(content.rules).where('id', '=', courseId).execute();
  await draftChanged(tx, courseId, { structure: true });
}

/** A statement holds 65,535 parameters. */
const rowsAtOnce = 5000;

async function attach(tx: Tx, courseId: string, lessonId: string, files: readonly { fileId: string; name: string }[]): Promise<void> {
  for (let start = 0; start < files.length; start += rowsAtOnce) {
    const rows = files.slice(start, start + rowsAtOnce).map((file, index) => ({ courseId, lessonId, fileId: file.fileId, name: file.name.slice(0, 200), position: sql<number>`${start + index}::int` }));
    await tx.insertInto('catalog.attachment').values(rows).execute();
  }
}
