import { fileAddress } from '../html.ts';

interface SummaryRow { id: string; priceAmount: number | null; priceCurrency: string | null; ratingCount: number; ratingAverage: number | null; posterFileId: string | null; posterAlt: string }

/** A course's row as the API shows it. */
export function summaryOf<R extends SummaryRow>({ priceAmount, priceCurrency, ratingCount, ratingAverage, posterFileId, posterAlt, ...row }: R) {
  return {
    ...row, price: priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency },
    poster: posterFileId === null ? null : { fileId: posterFileId, address: fileAddress(row.id, posterFileId), alt: posterAlt },
    rating: ratingAverage === null ? null : { count: ratingCount, average: ratingAverage },
  };
}
