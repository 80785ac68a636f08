import type { CourseStatus } from '../tables.ts';

/** Null: may be published. `published`: what learners get now. */
export function publishRefusal(course: { status: CourseStatus; contentVersion: number }, published: { contentVersion: number } | null): 'course_already_published' | null {
  return course.status === 'published' && published?.contentVersion === course.contentVersion ? 'course_already_published' : null;
}

/** The first of `base`, `base-2`, `base-3` … that is free. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

const copyWords: Record<string, string> = { es: 'copia', ar: 'نسخة' };

/** What a copy is called, in the language of the course. */
export const copyTitle = (title: string, language: string): string => {
  const mark = ` (${copyWords[language.split('-')[0]!] ?? 'copy'})`;
  return title.slice(0, 200 - mark.length) + mark;
};
