import type { CourseSummary } from './contract.ts';
import { fileAddress } from '../html.ts';

interface SummaryRow { id: string; priceAmount: number | null; priceCurrency: string | null; ratingCount: number; ratingAverage: number | null; posterFileId: string | null; posterAlt: string }

const made = ({ id, priceAmount, priceCurrency, ratingCount, ratingAverage, posterFileId, posterAlt }: SummaryRow) => ({
  price: priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency },
  poster: posterFileId === null ? null : { fileId: posterFileId, address: fileAddress(id, posterFileId), alt: posterAlt },
  rating: ratingAverage === null ? null : { count: ratingCount, average: ratingAverage },
});

/** A course's row as the API shows it. */
export function summaryOf<R extends SummaryRow>(row: R) {
  const { priceAmount, priceCurrency, ratingCount, ratingAverage, posterFileId, posterAlt, ...rest } = row;
  return { ...rest, ...made({ id: row.id, priceAmount, priceCurrency, ratingCount, ratingAverage, posterFileId, posterAlt }) };
}

/** The same in long lists: to name what is kept takes a fraction of the time that leaving out takes. */
export const listedOf = (row: SummaryRow & Omit<CourseSummary, 'price' | 'poster' | 'rating'>): CourseSummary => {
  const { price, poster, rating } = made(row);
  return {
    id: row.id, slug: row.slug, title: row.title, summary: row.summary, language: row.language, level: row.level, status: row.status, categoryId: row.categoryId, tags: row.tags,
    price, moduleCount: row.moduleCount, lessonCount: row.lessonCount, durationMinutes: row.durationMinutes, publishedAt: row.publishedAt, poster, rating,
  };
};
