/** Writes a folder of Markdown: `course.md`, a folder a module, a file a lesson, as README.md describes. */
import { slugify } from '@milpa/kernel';
import type { ArchiveEntry } from '@milpa/kernel/zip';
import { stringify } from 'yaml';
import { FilePlaces, filledModules, numbered, relativeHref, withPackageAddresses, type ExportedCourse } from './course.ts';
import { toMarkdown } from './to-markdown.ts';

const filesFolder = 'files';
const named = (index: number, count: number, title: string): string => [numbered(index, count), slugify(title).slice(0, 60)].filter(Boolean).join('-');
const page = (matter: Record<string, unknown>, body: string): string => `---\n${stringify(matter, { lineWidth: 0 })}---\n${body === '' ? '' : `\n${body}\n`}`;

export async function* markdownEntries(course: ExportedCourse): AsyncGenerator<ArchiveEntry> {
  const modules = filledModules(course.modules);
  const places = new FilePlaces(course.files);
  const paths = modules.map(({ title, lessons }, index) => lessons.map((lesson, at) => `${named(index, modules.length, title)}/${named(at, lessons.length, lesson.title)}.md`));
  const lessonPath = (module: number, lesson: number) => paths[module]?.[lesson];
  const { title, summary, language, level, tags, category, price, requiredShare, sequential } = course;
  yield {
    name: 'course.md',
    content: page({
      title, summary, language, level, ...(tags.length > 0 && { tags }), ...(category !== null && { category }), ...(price && { price: { model: 'one_time', ...price } }),
      requiredShare, sequential, files: filesFolder,
    }, toMarkdown(withPackageAddresses(course.descriptionHtml, 'course.md', places, lessonPath))),
  };
  for (const [index, module] of modules.entries()) {
    const { release, prerequisites = [] } = module;
    const folder = named(index, modules.length, module.title);
    const opens = release?.kind === 'date' ? { opens: release.at } : release?.kind === 'weeks' ? { opensAfterWeeks: release.afterEnrollment } : {};
    yield { name: `${folder}/module.md`, content: page({ title: module.title, ...opens, ...(prerequisites.length > 0 && { after: prerequisites.map((at) => at + 1) }) }, '') };
    for (const [at, lesson] of module.lessons.entries()) {
      const path = paths[index]![at]!;
      const { minutes, completion = 'mark', optional = false } = lesson;
      const attachments = lesson.attachments.flatMap(({ fileId, name }) => places.pathOf(fileId, name) ?? []).map((file) => relativeHref(path, file));
      yield {
        name: path,
        content: page({
          title: lesson.title, ...(minutes !== null && { minutes }), ...(completion !== 'mark' && { completion }), ...(optional && { optional }), ...(attachments.length > 0 && { attachments }),
        }, toMarkdown(withPackageAddresses(lesson.html, path, places, lessonPath))),
      };
    }
  }
  yield* places.entries();
}
