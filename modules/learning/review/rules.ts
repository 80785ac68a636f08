/** Who may review a course: who was enrolled at some time and did at least one lesson. */
export const mayReview = ({ enrollments, completedLessons }: { enrollments: number; completedLessons: number }): 'write' | 'not_enrolled' | 'not_begun' =>
  enrollments === 0 ? 'not_enrolled' : completedLessons === 0 ? 'not_begun' : 'write';

/** Count, average to two places, and how many gave each of 1 to 5. */
export function summaryOf(counts: ReadonlyMap<number, number>): { count: number; average: number | null; distribution: number[] } {
  const distribution = [1, 2, 3, 4, 5].map((rating) => counts.get(rating) ?? 0);
  const count = distribution.reduce((sum, one) => sum + one, 0);
  const total = distribution.reduce((sum, one, index) => sum + one * (index + 1), 0);
  return { count, average: count === 0 ? null : Math.round((total / count) * 100) / 100, distribution };
}
