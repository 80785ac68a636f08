/** Where a learner stands in a course. */
import type { PlayerOutline } from '@milpa/learning/contract';

const lessonsOf = ({ modules }: Pick<PlayerOutline, 'modules'>) => modules.flatMap((module) => module.lessons);

/** The lesson to open: the one opened last while it is still there, else the first that is open and not done, else the first. */
export function lessonToOpen(outline: Pick<PlayerOutline, 'modules' | 'enrollment'>): string | null {
  const lessons = lessonsOf(outline);
  const last = outline.enrollment?.lastLessonId;
  const open = lessons.filter(({ locked }) => !locked);
  return (open.find(({ id }) => id === last) ?? open.find(({ completed }) => !completed) ?? open[0] ?? lessons[0])?.id ?? null;
}

/** The first lesson that is open and not done yet. */
export const firstOpen = (outline: Pick<PlayerOutline, 'modules'>): string | null => lessonsOf(outline).find(({ completed, locked }) => !completed && !locked)?.id ?? null;

/** The module that opens next by itself, and when: its time is set, and nothing needs to be done for it. */
export function opensNext({ modules }: Pick<PlayerOutline, 'modules'>): { title: string; until: string } | null {
  const dated = modules.flatMap(({ title, lock }) => (lock?.until && lock.after.length === 0 ? [{ title, until: lock.until }] : []));
  return dated.toSorted((a, b) => a.until.localeCompare(b.until))[0] ?? null;
}
