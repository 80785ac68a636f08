/** Small facts of a course, said the same everywhere. */
import { Badge, VisuallyHidden } from '@milpa/ui';
import type { CourseSummary } from '@milpa/catalog/contract';
import type { Money } from '@milpa/kernel/contract';
import { BookOpen, Clock, Star } from 'lucide-react';
import { useRouteLoaderData } from 'react-router';
import { useFormat, useT } from '../i18n/index.ts';
import type { loader } from '../root.tsx';

/** How long a course or lesson takes; nothing when nobody has said. */
export function Duration({ minutes }: { minutes: number }) {
  const t = useT();
  const hours = Math.floor(minutes / 60);
  return <>{hours === 0 ? t('catalog.duration.minutes', { n: minutes }) : t('catalog.duration.hours', { hours, minutes: minutes % 60 })}</>;
}

/** Whether the organisation sells courses. */
export const useSells = (): boolean => useRouteLoaderData<typeof loader>('root')?.tenant?.sells === true;

/** What a course costs. Where nothing is for sale, nobody needs to be told that it is free. */
export function Price({ price }: { price: Money | null }) {
  const t = useT();
  const format = useFormat();
  const sells = useSells();
  return price ? <bdi>{format.money(price)}</bdi> : sells ? <>{t('catalog.free')}</> : null;
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

/** The levels of courses, for a select. */
export function LevelOptions() {
  const t = useT();
  return (['all', 'beginner', 'intermediate', 'advanced'] as const).map((level) => <option key={level} value={level}>{t(`catalog.level.${level}`)}</option>);
}

/** What learners think of a course, and how many of them. */
export function Rating({ rating }: { rating: NonNullable<CourseSummary['rating']> }) {
  const t = useT();
  const format = useFormat();
  const average = format.number(Math.round(rating.average * 10) / 10);
  return (
    <span className="inline-flex items-center gap-1.5">
      <Star aria-hidden="true" className="fill-maize text-maize-text" />
      <span aria-hidden="true"><strong className="font-semibold">{average}</strong> ({format.number(rating.count)})</span>
      <VisuallyHidden>{t('catalog.rating.label', { average, n: rating.count })}</VisuallyHidden>
    </span>
  );
}

/** A filter of prices in words. */
export function PriceRange({ price, currency }: { price: string; currency: string }) {
  const t = useT();
  const format = useFormat();
  if (price === 'free' || price === 'paid') return <>{t(`catalog.price.${price}`)}</>;
  const [from = '0', below] = price.split('-');
  const money = (amount: string) => format.money({ amount: Number(amount), currency });
  if (!below) return <>{t('catalog.price.from', { from: money(from) })}</>;
  return <>{Number(from) === 0 ? t('catalog.price.below', { below: money(below) }) : t('catalog.price.between', { from: money(from), below: money(below) })}</>;
}

/** Text with ranges of it marked. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly [start: number, end: number])[] | undefined }) {
  const parts = (ranges ?? []).flatMap(([start, end], index) => [text.slice(ranges?.[index - 1]?.[1] ?? 0, start), <mark key={start} className="rounded-sm bg-maize-soft text-inherit">{text.slice(start, end)}</mark>]);
  return <>{parts}{text.slice(ranges?.at(-1)?.[1] ?? 0)}</>;
}
