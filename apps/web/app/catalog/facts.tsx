/** Small facts of a course, said the same everywhere. */
import { Badge } from '@milpa/ui';
import type { CourseSummary } from '@milpa/catalog/contract';
import type { Money } from '@milpa/kernel/contract';
import { BookOpen, Clock } from 'lucide-react';
import { useFormat, useT } from '../i18n/index.ts';

/** How long a course or lesson takes; nothing when nobody has said. */
export function Duration({ minutes }: { minutes: number }) {
  const t = useT();
  const hours = Math.floor(minutes / 60);
  return <>{hours === 0 ? t('catalog.duration.minutes', { n: minutes }) : t('catalog.duration.hours', { hours, minutes: minutes % 60 })}</>;
}

export function Price({ price }: { price: Money | null }) {
  const t = useT();
  const format = useFormat();
  return price ? <bdi>{format.money(price)}</bdi> : <>{t('catalog.free')}</>;
}

export function LessonFacts({ lessonCount, durationMinutes }: Pick<CourseSummary, 'lessonCount' | 'durationMinutes'>) {
  const t = useT();
  return (
    <>
      <span><BookOpen aria-hidden="true" />{t('catalog.lessonCount', { n: lessonCount })}</span>
      {durationMinutes > 0 && <span><Clock aria-hidden="true" /><Duration minutes={durationMinutes} /></span>}
    </>
  );
}

const tones = { draft: 'maize', published: 'leaf', archived: 'neutral' } as const;

export function StatusBadge({ status }: { status: CourseSummary['status'] }) {
  const t = useT();
  return <Badge tone={tones[status]}>{t(`catalog.status.${status}`)}</Badge>;
}
