/** Fewer would tell of single people what they took. */
export const leastTogether = 3;

export interface Pair { courseId: string; otherId: string; together: number }

/** Courses that go with those taken, the most often taken together first; the course to name as the reason is the one with most in common. */
export function rankPairs(pairs: readonly Pair[], excluded: ReadonlySet<string>): { id: string; because: string }[] {
  const candidates = Map.groupBy(pairs.filter((pair) => pair.together >= leastTogether && !excluded.has(pair.otherId)), (pair) => pair.otherId);
  return [...candidates].map(([id, group]) => ({
    id, score: group.reduce((sum, pair) => sum + pair.together, 0), because: group.reduce((best, pair) => (pair.together > best.together ? pair : best)).courseId,
  })).toSorted((a, b) => b.score - a.score || a.id.localeCompare(b.id)).map(({ id, because }) => ({ id, because }));
}
