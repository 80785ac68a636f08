import type { CourseContent, CourseInput } from '@milpa/catalog';
import type { CoursePackage, ReportEntry } from '../package/types.ts';

const maxTags = 20;
const maxTagLength = 40;
const maxMinutes = 600;

/** The course's own fields, within the bounds that the catalogue sets. A package that names no language has that of the tenant. */
export function courseFieldsOf(read: CoursePackage, fallbackLanguage: string): CourseInput & { descriptionHtml: string } {
  const { price } = read;
  return {
    title: read.title,
    summary: clean(read.summary),
    // A description is shown outside the course, where its lessons have no address.
    descriptionHtml: clean(read.descriptionHtml).replace(/ href="milpa-lesson:[^"]*"/g, ''),
    language: read.language ?? fallbackLanguage,
    level: read.level ?? 'all',
    tags: tagsOf(read).tags,
    price: price?.model === 'one_time' ? { amount: price.amount, currency: price.currency } : null,
  };
}

/** As many tags, and as long, as a course can have; the report names the others. */
export function tagsOf(read: CoursePackage): { tags: string[]; report: ReportEntry[] } {
  const tags = read.tags.filter((tag) => tag.length <= maxTagLength).slice(0, maxTags);
  const others = read.tags.filter((tag) => !tags.includes(tag));
  return { tags, report: others.length === 0 ? [] : [{ outcome: 'dropped', kind: 'setting', title: 'tags', reason: 'tags_limited', params: { what: others.join(', ').slice(0, 500) } }] };
}

/** Modules and lessons with the files' ids; files that stand beside no lesson belong to the course as a whole. */
export function contentOf(read: CoursePackage, fileIds: ReadonlyMap<string, string>): CourseContent {
  const names = new Map(read.files.map((file) => [file.key, file.name]));
  const fileOf = (key: string) => {
    const fileId = fileIds.get(key);
    return fileId ? [{ fileId, name: names.get(key) ?? key }] : [];
  };
  const attached = new Set(read.modules.flatMap((module) => module.lessons.flatMap((lesson) => lesson.attachments)));
  return {
    modules: read.modules.map((module) => ({
      title: module.title,
      ...(module.release && { release: module.release }),
      ...(module.prerequisites && { prerequisites: module.prerequisites }),
      lessons: module.lessons.map((lesson) => ({
        title: lesson.title,
        minutes: lesson.minutes === null ? null : Math.min(Math.max(Math.round(lesson.minutes), 1), maxMinutes),
        html: withFileIds(clean(lesson.html), fileIds),
        ...(lesson.completion && { completion: lesson.completion }),
        ...(lesson.optional !== undefined && { optional: lesson.optional }),
        attachments: lesson.attachments.flatMap(fileOf),
      })),
    })),
    ...(read.rules && { rules: read.rules }),
    embedded: read.files.filter((file) => !attached.has(file.key)).flatMap((file) => fileOf(file.key)),
  };
}

/** Addresses of the package's files become addresses of stored files. */
export const withFileIds = (html: string, fileIds: ReadonlyMap<string, string>): string =>
  html.replace(/milpa-file:([0-9a-f]+)/g, (address, key: string) => (fileIds.has(key) ? `milpa-file:${fileIds.get(key)}` : address));

/** PostgreSQL keeps no NUL in a text. */
const clean = (text: string): string => text.replaceAll('\u0000', '');
