/** What learners say of a course, on the course's page: how it is rated, and the newest few. */
import { LinkButton, Section } from '@milpa/ui';
import { useT } from '../i18n/index.ts';
import type { newestReviews } from './load.ts';
import { reviewsPath } from './paths.ts';
import { RatingSummary } from './rating-summary.tsx';
import { ReviewCard } from './review-card.tsx';

/** Nothing while nobody has said anything, unless the reader may. */
export function CourseReviews({ course, reviews, summary, mayReview }: Awaited<ReturnType<typeof newestReviews>> & { course: string; mayReview: boolean }) {
  const t = useT();
  if (summary.count === 0 && !mayReview) return null;
  return (
    <Section title={t('reviews.title')} id="reviews">
      {summary.count === 0 ? <p className="mb-4">{t('reviews.none')}</p> : <RatingSummary summary={summary} />}
      <ul className="my-5 flex flex-col gap-3 empty:hidden">{reviews.filter((review) => review.body).map((review) => <li key={review.id}><ReviewCard review={review} /></li>)}</ul>
      <LinkButton href={reviewsPath(course)}>{t(mayReview ? 'reviews.readAndWrite' : 'reviews.all', { n: summary.count })}</LinkButton>
    </Section>
  );
}
