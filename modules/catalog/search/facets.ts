/** From counted rows to what a list of filters says. */
import type { CourseFacets } from './contract.ts';
import { facets, type Facet, type FacetRow } from './queries.ts';

interface Branch { id: string; parentId: string | null }

const levels = ['beginner', 'intermediate', 'advanced'] as const;
const durations = ['short', 'medium', 'long', 'extended'] as const;
const stars = [4.5, 4, 3] as const;

/** Sums what lacks nothing, or nothing but the facet's own filter, for every value. */
export function sumFacets(rows: readonly FacetRow[], categories: readonly Branch[], bands: readonly number[]): CourseFacets {
  const counts = Object.fromEntries(facets.map((facet) => [facet, countsOf(rows, facet)])) as Record<Facet, Map<string, number>>;
  const sum = (facet: Facet, isCounted: (value: string) => boolean) => [...counts[facet]].reduce((total, [value, count]) => total + (isCounted(value) ? count : 0), 0);
  const counted = <V>(values: readonly V[], facet: Facet, isCounted: (value: V, of: string) => boolean) =>
    values.map((value) => ({ value, count: sum(facet, (of) => isCounted(value, of)) })).filter(({ count }) => count > 0);
  const inside = branches(categories);
  const edges = [0, ...bands];
  return {
    total: rows.find((row) => row.facet === null && row.lacks === 0)?.count ?? 0,
    category: categories.map(({ id }) => ({ id, count: sum('category', (value) => inside(value, id)) })).filter(({ count }) => count > 0),
    level: counted([...levels, 'all' as const], 'level', (level, value) => value === level || value === 'all'),
    language: [...counts.language].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    price: [
      ...counted(['free'], 'price', (_, value) => value === 'free'), ...counted(['paid'], 'price', (_, value) => value !== 'free'),
      ...(bands.length === 0 ? [] : counted(edges.map((from, place) => `${from}-${edges[place + 1] ?? ''}`), 'price', (band, value) => edges.findIndex((from, place) => `${from}-${edges[place + 1] ?? ''}` === band) + 1 === Number(value))),
    ],
    duration: counted(durations, 'duration', (duration, value) => duration === value),
    rating: counted(stars, 'rating', (least, value) => Number(value) / 2 >= least),
  };
}

function countsOf(rows: readonly FacetRow[], facet: Facet): Map<string, number> {
  const own = 2 ** facets.indexOf(facet);
  const counts = new Map<string, number>();
  for (const row of rows) if (row.facet === facet && row.value !== null && (row.lacks === 0 || row.lacks === own)) counts.set(row.value, (counts.get(row.value) ?? 0) + row.count);
  return counts;
}

/** Whether a category is another or lies below it. */
function branches(categories: readonly Branch[]): (id: string, above: string) => boolean {
  const parents = new Map(categories.map(({ id, parentId }) => [id, parentId]));
  return (id, above) => {
    for (let at: string | null | undefined = id; at; at = parents.get(at)) if (at === above) return true;
    return false;
  };
}
