/** Where a learner stands in a course. */
import type { PlayerOutline } from '@milpa/learning/contract';

const lessonsOf = ({ modules }: Pick<PlayerOutline, 'modules'>) => modules.flatMap((module) => module.lessons);

/** The lesson to open: the one opened last while it is still there, else the first that is not done, else the first. */
export function lessonToOpen(outline: Pick<PlayerOutline, 'modules' | 'enrollment'>): string | null {
  const lessons = lessonsOf(outline);
  const last = outline.enrollment?.lastLessonId;
  return (lessons.find(({ id }) => id === last) ?? lessons.find(({ completed }) => !completed) ?? lessons[0])?.id ?? null;
}

/** The first lesson that is not done yet. */
export const firstOpen = (outline: Pick<PlayerOutline, 'modules'>): string | null => lessonsOf(outline).find(({ completed }) => !completed)?.id ?? null;
