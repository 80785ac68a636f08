/** In place of a lesson that does not open now: why, and what does. */
import { CourseOutline, EmptyState, LinkButton, PlayerShell } from '@milpa/ui';
import type { ReadingPreference } from '@milpa/learning/contract';
import { coursePath, playerPath } from '../../catalog/paths.ts';
import { directionOf } from '../../catalog/language.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { Title } from '../../shell/title.tsx';
import type { LockedLesson } from './data.ts';
import { useLockReason, useSections } from './outline.tsx';
import { attributesOf } from './reading.ts';

export function LockedScreen({ locked, reading }: { locked: LockedLesson; reading: ReadingPreference }) {
  const t = useT();
  const format = useFormat();
  const reason = useLockReason();
  const { course, modules, enrollment, id, title, open } = locked;
  const { done = 0, total = 0 } = enrollment ?? {};
  const module = modules.find(({ lessons }) => lessons.some((lesson) => lesson.id === id));
  return (
    <PlayerShell
      skipLabel={t('learning.skipToLesson')}
      look={attributesOf(reading)}
      course={{ href: coursePath(course.slug), title: <span lang={course.language} dir={directionOf(course.language)} className="block truncate">{course.title}</span>, backLabel: t('learning.backToCourse') }}
      outline={<CourseOutline sections={useSections(locked, id)} />}
      outlineLabel={t('learning.outline')}
      closeLabel={t('learning.closeOutline')}
      progress={{ value: done, max: Math.max(total, 1), label: t('learning.progressIn', { title: course.title }), text: format.percent(total ? Math.min(done / total, 1) : 0) }}
      stepsLabel={t('learning.steps')}
    >
      <Title>{`${title} · ${course.title}`}</Title>
      <EmptyState
        illustration="gate"
        headingLevel={1}
        title={<span lang={course.language} dir="auto">{title}</span>}
        action={open ? <LinkButton look="primary" href={playerPath(course.slug, open)}>{t('learning.lock.instead')}</LinkButton> : <LinkButton href={coursePath(course.slug)}>{t('learning.backToCourse')}</LinkButton>}
      >
        <p>{reason(module?.lock ?? null)}</p>
      </EmptyState>
    </PlayerShell>
  );
}
