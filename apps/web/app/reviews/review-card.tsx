import { Card } from '@milpa/ui';
import type { CourseReview } from '@milpa/learning/contract';
import type { ReactNode } from 'react';
import { useFormat, useT } from '../i18n/index.ts';
import { Stars } from './stars.tsx';

export function ReviewCard({ review, children }: { review: CourseReview; children?: ReactNode }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card>
      <p className="mb-2 flex flex-wrap items-center justify-between gap-x-4"><Stars rating={review.rating} /><span className="text-sm text-ink-soft"><bdi>{review.mine ? t('reviews.mine') : review.author}</bdi> · {format.date(review.createdAt)}</span></p>
      {review.body && <p className="whitespace-pre-line wrap-anywhere" dir="auto">{review.body}</p>}
      {review.answer && (
        <div className="mt-4 border-s-4 border-leaf ps-4"><p className="text-sm font-medium">{t('reviews.answered')}</p><p className="whitespace-pre-line wrap-anywhere" dir="auto">{review.answer.body}</p></div>
      )}
      {children}
    </Card>
  );
}
