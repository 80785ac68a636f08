/** How a course is rated: the average, and how many gave what. */
import { BarChart } from '@milpa/ui';
import type { RatingSummary as Summary } from '@milpa/learning/contract';
import { useFormat, useT } from '../i18n/index.ts';
import { Stars } from './stars.tsx';

export function RatingSummary({ summary }: { summary: Summary }) {
  const t = useT();
  const format = useFormat();
  if (summary.average === null) return null;
  return (
    <div className="grid items-center gap-6 sm:grid-cols-[auto_minmax(0,1fr)]">
      <p className="flex flex-col items-start gap-1">
        <span className="text-4xl leading-none font-semibold tabular-nums">{format.number(summary.average)}</span>
        <Stars rating={summary.average} />
        <span className="text-sm text-ink-soft">{t('reviews.count', { n: summary.count })}</span>
      </p>
      <BarChart
        caption={t('reviews.distribution')} max={summary.count} quiet headers={{ row: t('reviews.rating'), numbers: [t('reviews.howMany')] }}
        rows={[5, 4, 3, 2, 1].map((rating) => { const count = summary.distribution[rating - 1] ?? 0; return { key: String(rating), label: <span className="whitespace-nowrap">{t('reviews.stars', { n: rating })}</span>, parts: [{ value: count, tone: 'maize' as const }], numbers: [format.number(count)] }; })}
      />
    </div>
  );
}
