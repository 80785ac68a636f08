/** The contents of a course as its learner has them: what is done, what is open, and what opens when. */
import type { OutlineSection } from '@milpa/ui';
import { playerPath } from '../../catalog/paths.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import type { LessonData } from './data.ts';

type Lock = NonNullable<LessonData['modules'][number]['lock']>;

/** Says why a module, or without one a lesson, does not open now. */
export function useLockReason(): (lock: Lock | null) => string {
  const t = useT();
  const format = useFormat();
  return (lock) => {
    if (!lock) return t('learning.lock.sequence');
    const after = format.list(lock.after.map(({ title }) => `“${title}”`));
    if (lock.until && lock.after.length > 0) return t('learning.lock.both', { date: format.date(lock.until, 'long'), titles: after });
    return lock.until ? t('learning.lock.until', { date: format.date(lock.until, 'long') }) : t('learning.lock.after', { titles: after });
  };
}

/** `current`: the lesson that is shown; `preview`: what its links carry on. */
export function useSections({ course, modules, enrollment }: Pick<LessonData, 'course' | 'modules' | 'enrollment'>, current: string, preview = ''): OutlineSection[] {
  const t = useT();
  const reason = useLockReason();
  return modules.map((module) => ({
    id: module.id,
    title: <bdi lang={course.language}>{module.title}</bdi>,
    ...(enrollment && { note: t('learning.moduleDone', { done: module.completedLessons, total: module.lessons.length }) }),
    ...(module.lock && { lock: reason(module.lock) }),
    items: module.lessons.map(({ id, title, minutes, completed, optional, locked }) => {
      const state = locked && enrollment ? 'locked' : id === current ? 'current' : completed ? 'done' : 'open';
      const notes = [...(minutes !== null ? [t('learning.minutes', { n: minutes })] : []), ...(optional ? [t('learning.optional')] : [])];
      return {
        href: playerPath(course.slug, id) + preview,
        title: <bdi lang={course.language}>{title}</bdi>,
        state,
        stateLabel: t(completed ? 'learning.state.done' : `learning.state.${state}`),
        ...(notes.length > 0 && { note: notes.join(' · ') }),
      };
    }),
  }));
}
