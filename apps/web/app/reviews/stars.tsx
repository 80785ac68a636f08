import { Star } from 'lucide-react';
import { VisuallyHidden } from '@milpa/ui';
import { useT } from '../i18n/index.ts';

/** A rating as stars, read out as words. */
export function Stars({ rating }: { rating: number }) {
  const t = useT();
  return (
    <span className="inline-flex items-center gap-0.5">
      {[1, 2, 3, 4, 5].map((step) => <Star key={step} aria-hidden="true" className={rating >= step - 0.5 ? 'size-5 fill-maize text-maize-text' : 'size-5 text-line-strong'} />)}
      <VisuallyHidden>{t('reviews.stars', { n: rating })}</VisuallyHidden>
    </span>
  );
}
