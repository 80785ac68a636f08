/** A course and the way to it in the words of schema.org, for search engines. */
import type { Course } from '@milpa/catalog/contract';
import type { Share } from './share.ts';

/** ISO 8601 of a length in minutes. */
const length = (minutes: number): string => `PT${Math.floor(minutes / 60)}H${minutes % 60}M`;

export function aboutCourse(course: Pick<Course, 'title' | 'summary' | 'language' | 'price' | 'rating' | 'durationMinutes' | 'level' | 'publishedAt'>, { canonical, site, picture }: Share): object {
  const { price, rating, durationMinutes, publishedAt } = course;
  return {
    '@context': 'https://schema.org', '@type': 'Course', name: course.title, description: course.summary || course.title, url: canonical, inLanguage: course.language,
    provider: { '@type': 'Organization', name: site, sameAs: new URL('/', canonical).href },
    ...(picture && { image: picture }), ...(publishedAt && { datePublished: publishedAt }), ...(course.level !== 'all' && { educationalLevel: course.level }),
    offers: { '@type': 'Offer', category: price ? 'Paid' : 'Free', ...(price && { price: decimal(price.amount, price.currency), priceCurrency: price.currency }) },
    ...(durationMinutes > 0 && { hasCourseInstance: { '@type': 'CourseInstance', courseMode: 'Online', courseWorkload: length(durationMinutes) } }),
    ...(rating && { aggregateRating: { '@type': 'AggregateRating', ratingValue: rating.average, ratingCount: rating.count, bestRating: 5, worstRating: 1 } }),
  };
}

function decimal(amount: number, currency: string): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (amount / 10 ** digits).toFixed(digits);
}

export function wayTo({ canonical }: Share, above: readonly { path: string; name: string }[], title: string): object {
  const items = [...above.map(({ path, name }) => ({ name, item: new URL(path, canonical).href })), { name: title, item: canonical }];
  return { '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement: items.map((item, index) => ({ '@type': 'ListItem', position: index + 1, ...item })) };
}
