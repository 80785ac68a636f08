import type { OutlineModule } from '@milpa/catalog/contract';

export interface Place { module: OutlineModule; lesson: OutlineModule['lessons'][number]; previous: { id: string; title: string } | null; next: { id: string; title: string } | null }

/** Where a lesson stands in the course: its module and its neighbours, across modules. Null when it is not there. */
export function placeOf(modules: readonly OutlineModule[], lessonId: string): Place | null {
  const all = modules.flatMap((module) => module.lessons.map((lesson) => ({ module, lesson })));
  const index = all.findIndex(({ lesson }) => lesson.id === lessonId);
  const found = all[index];
  if (!found) return null;
  const link = (at: number) => { const other = all[at]?.lesson; return other ? { id: other.id, title: other.title } : null; };
  return { ...found, previous: index > 0 ? link(index - 1) : null, next: link(index + 1) };
}

/** The addresses under which lessons of this course are found, in place of their ids. */
export const lessonAddresses = (html: string, course: { slug: string }): string =>
  html.replace(/milpa-lesson:([0-9a-f-]{36})/g, `/learn/${encodeURIComponent(course.slug)}/$1`);
