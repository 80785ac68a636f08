import type { CourseOutline } from '@milpa/catalog/contract';

type VersionLesson = CourseOutline['modules'][number]['lessons'][number];
export interface LessonLink { id: string; title: string }
export interface Place { module: CourseOutline['modules'][number]; lesson: VersionLesson; previous: LessonLink | null; next: LessonLink | null }

/** Where a lesson stands in the course: its module and its neighbours, across modules. Null when it is not there. */
export function placeOf({ modules }: Pick<CourseOutline, 'modules'>, lessonId: string): Place | null {
  const all = modules.flatMap((module) => module.lessons.map((lesson) => ({ module, lesson })));
  const index = all.findIndex(({ lesson }) => lesson.id === lessonId);
  const found = all[index];
  if (!found) return null;
  const link = (at: number) => { const other = all[at]?.lesson; return other ? { id: other.id, title: other.title } : null; };
  return { ...found, previous: index > 0 ? link(index - 1) : null, next: link(index + 1) };
}

/** `until`: when it opens; `after`: what is to be completed first. Either or both; a module that is open is in no map. */
export interface ModuleLock { until: string | null; after: string[] }
export interface Access {
  /** What keeps a module closed. */
  modules: ReadonlyMap<string, ModuleLock>;
  /** Lessons that do not open now. What is done stays open for reading. */
  lessons: ReadonlySet<string>;
}

const week = 7 * 24 * 3_600_000;

/**
 * What of a version is open to a learner at a moment. `startsAt`: when their time began, or will. Weeks are counted from there in whole days
 * of 24 hours; before it, nothing opens.
 */
export function access({ sequential, modules }: CourseOutline, startsAt: string, completedIds: ReadonlySet<string>, now: Date): Access {
  const begins = Date.parse(startsAt);
  const isDone = ({ id, optional }: VersionLesson) => optional || completedIds.has(id);
  const incomplete = new Set(modules.filter(({ lessons }) => !lessons.every(isDone)).map(({ id }) => id));
  const locks = new Map<string, ModuleLock>();
  for (const { id, release, prerequisiteIds } of modules) {
    const opens = Math.max(begins, release.kind === 'date' ? Date.parse(release.at) : release.kind === 'weeks' ? begins + release.afterEnrollment * week : begins);
    const lock = { until: opens > now.getTime() ? new Date(opens).toISOString() : null, after: prerequisiteIds.filter((other) => incomplete.has(other)) };
    if (lock.until !== null || lock.after.length > 0) locks.set(id, lock);
  }
  const closed = new Set<string>();
  let waits = false;
  for (const module of modules) {
    for (const lesson of module.lessons) {
      if ((locks.has(module.id) || (sequential && waits)) && !completedIds.has(lesson.id)) closed.add(lesson.id);
      if (!isDone(lesson)) waits = true;
    }
  }
  return { modules: locks, lessons: closed };
}

/** The addresses under which lessons of this course are found, in place of their ids. */
export const lessonAddresses = (html: string, course: { slug: string }): string =>
  html.replace(/milpa-lesson:([0-9a-f-]{36})/g, `/learn/${encodeURIComponent(course.slug)}/$1`);
