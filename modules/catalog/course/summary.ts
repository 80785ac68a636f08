interface SummaryRow { priceAmount: number | null; priceCurrency: string | null; ratingCount: number; ratingAverage: number | null }

/** A course's row as the API shows it. */
export function summaryOf<R extends SummaryRow>({ priceAmount, priceCurrency, ratingCount, ratingAverage, ...row }: R) {
  return {
    ...row, price: priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency },
    rating: ratingAverage === null ? null : { count: ratingCount, average: ratingAverage },
  };
}
