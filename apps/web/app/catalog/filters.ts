/** What the catalogue's address says: filters, order, and the way that was paged. Always in this order, so that one list has one address. */
const levels = ['beginner', 'intermediate', 'advanced', 'all'] as const;
const durations = ['short', 'medium', 'long', 'extended'] as const;
const sorts = ['relevance', 'newest', 'title', 'rating', 'shortest'] as const;

export interface Filters {
  q?: string;
  category?: string;
  level?: (typeof levels)[number];
  language?: string;
  /** `free`, `paid`, or from one amount to below another, in minor units: `5000-20000`, `20000-`. */
  price?: string;
  duration?: (typeof durations)[number];
  /** At least so many stars. */
  rating?: number;
  tag?: string;
  /** Absent: by relevance where there are words, else the newest first. */
  sort?: (typeof sorts)[number];
}
export type FilterName = keyof Filters;

/** As many pages back as an address carries; from further on, "previous" leads to the first. */
const maxTrail = 8;

/** Reads filters; what no filter could be is left out, so that an old or mistyped address still shows courses. */
export function readFilters(query: URLSearchParams): Filters {
  const word = (name: string, max: number) => query.get(name)?.trim().slice(0, max) || undefined;
  const option = <T extends string>(name: string, options: readonly T[]) => options.find((one) => one === query.get(name));
  const pattern = (name: string, form: RegExp) => form.exec(query.get(name) ?? '')?.[0];
  const q = word('q', 200);
  const sort = option('sort', sorts);
  const filters = {
    q, category: word('category', 120), level: option('level', levels), language: pattern('language', /^(?=.{1,35}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
    price: pattern('price', /^(free|paid|\d{1,12}-\d{0,12})$/), duration: option('duration', durations), rating: Number(pattern('rating', /^[1-5](\.5)?$/)) || undefined,
    tag: word('tag', 40), sort: sort === defaultSort(q) || (sort === 'relevance' && !q) ? undefined : sort,
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Filters;
}

export const defaultSort = (q: string | undefined) => (q ? 'relevance' : 'newest');

/** The orders that a list may have; by relevance only where there is something to be relevant to. */
export const sortsFor = (q: string | undefined) => sorts.filter((sort) => sort !== 'relevance' || q);

/** The cursors of the pages gone through, the shown one's last. */
export const readTrail = (query: URLSearchParams): string[] => query.get('at')?.split('.').filter(Boolean).slice(-maxTrail) ?? [];

const order: readonly FilterName[] = ['q', 'category', 'level', 'language', 'price', 'duration', 'rating', 'tag', 'sort'];

export function catalogPath(filters: Filters, trail: readonly string[] = []): string {
  const query = new URLSearchParams(order.flatMap((name) => (filters[name] === undefined ? [] : [[name, String(filters[name])]])));
  if (trail.length > 0) query.set('at', trail.slice(-maxTrail).join('.'));
  return query.size > 0 ? `/courses?${query}` : '/courses';
}

/** Whether an address carries what says nothing: a form sent by GET names its empty fields too. */
export const isWordy = (query: URLSearchParams): boolean => (query.has('sort') && readFilters(query).sort === undefined) || [...query.values()].includes('');

export function without(filters: Filters, ...names: FilterName[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => !names.includes(name as FilterName)));
}

/** The list with another value of a filter, from its first page; without the filter where it has that value already. */
export const toggled = <N extends FilterName>(filters: Filters, name: N, value: Filters[N]): string =>
  catalogPath(filters[name] === value ? without(filters, name) : { ...filters, [name]: value });

/** A list that search engines may show: all, or one filter of it that people look for. */
export const isLandingPage = (filters: Filters, trail: readonly string[]): boolean =>
  trail.length === 0 && Object.keys(filters).length <= 1 && Object.keys(filters).every((name) => ['category', 'level', 'language'].includes(name));
