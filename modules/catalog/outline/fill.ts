/** Puts a whole outline into an empty course at once, as an import does. */
import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import { refreshCounts } from './queries.ts';

export interface CourseContent {
  modules: { title: string; lessons: { title: string; minutes: number | null; /** Safe already: see `sanitizeHtml`. `milpa-lesson:<module>/<lesson>` links count from 0. */ html: string; attachments: { fileId: string; name: string }[] }[] }[];
  /** Files used inside lessons, not listed beside one. */
  embedded: { fileId: string; name: string }[];
}

/** Links between lessons, by place in the package, become links by id. */
const linkLessons = (html: string, ids: readonly (readonly string[])[]): string =>
  html.replace(/milpa-lesson:(\d+)\/(\d+)/g, (_, module: string, lesson: string) => {
    const id = ids[Number(module)]?.[Number(lesson)];
    return id ? `milpa-lesson:${id}` : '#';
  });

export async function fillCourse(tx: Tx, courseId: string, content: CourseContent): Promise<void> {
  const ids: string[][] = [];
  for (const [index, module] of content.modules.entries()) {
    const { id: moduleId } = await tx.insertInto('catalog.courseModule').values({ courseId, title: module.title, position: index + 1 }).returning('id').executeTakeFirstOrThrow();
    if (module.lessons.length === 0) { ids.push([]); continue; }
    const rows = await tx.insertInto('catalog.lesson').values(module.lessons.map((lesson, position) => ({
      courseId, moduleId, title: lesson.title, minutes: lesson.minutes, bodyHtml: lesson.html, position: position + 1, updatedAt: tx.now.toISOString(),
    }))).returning(['id', 'position']).execute();
    ids.push(rows.sort((a, b) => a.position - b.position).map((row) => row.id));
  }
  for (const [moduleIndex, module] of content.modules.entries()) {
    for (const [lessonIndex, lesson] of module.lessons.entries()) {
      const lessonId = ids[moduleIndex]![lessonIndex]!;
      const linked = linkLessons(lesson.html, ids);
      if (linked !== lesson.html) await tx.updateTable('catalog.lesson').set({ bodyHtml: linked }).where('id', '=', lessonId).execute();
      await attach(tx, courseId, lessonId, lesson.attachments);
    }
  }
  await attach(tx, courseId, null, content.embedded);
  await refreshCounts(tx, courseId);
}

/** A statement holds 65,535 parameters. */
const rowsAtOnce = 5000;

async function attach(tx: Tx, courseId: string, lessonId: string | null, files: readonly { fileId: string; name: string }[]): Promise<void> {
  for (let start = 0; start < files.length; start += rowsAtOnce) {
    const rows = files.slice(start, start + rowsAtOnce).map((file, index) => ({ courseId, lessonId, fileId: file.fileId, name: file.name.slice(0, 200), position: sql<number>`${start + index}::int` }));
    await tx.insertInto('catalog.attachment').values(rows).execute();
  }
}
