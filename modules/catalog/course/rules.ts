import type { CourseStatus } from '../tables.ts';

export type StatusChange = 'publish' | 'archive';
export type Refusal = 'course_empty' | 'course_already_published' | 'course_not_published';

/** draft → published → archived → published. Null: allowed. */
export function refusalOf(change: StatusChange, course: { status: CourseStatus; lessonCount: number }): Refusal | null {
  if (change === 'archive') return course.status === 'published' ? null : 'course_not_published';
  if (course.status === 'published') return 'course_already_published';
  return course.lessonCount > 0 ? null : 'course_empty';
}

/** The first of `base`, `base-2`, `base-3` … that is free. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
