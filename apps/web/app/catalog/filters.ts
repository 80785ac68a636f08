/** What the catalogue's address says: filters, order, and the way that was paged. */
const levels = ['beginner', 'intermediate', 'advanced', 'all'] as const;
const prices = ['free', 'paid'] as const;

export interface Filters {
  q?: string;
  category?: string;
  level?: (typeof levels)[number];
  language?: string;
  price?: (typeof prices)[number];
  tag?: string;
  sort?: 'title';
}
export type FilterName = keyof Filters;

/** As many pages back as an address carries; from further on, "previous" leads to the first. */
const maxTrail = 8;

/** Reads filters; what no filter could be is left out, so that an old or mistyped address still shows courses. */
export function readFilters(query: URLSearchParams): Filters {
  const word = (name: string, max: number) => query.get(name)?.trim().slice(0, max) || undefined;
  const option = <T extends string>(name: string, options: readonly T[]) => options.find((one) => one === query.get(name));
  const filters = {
    q: word('q', 200), category: word('category', 120), level: option('level', levels), language: languageIn(query), price: option('price', prices), tag: word('tag', 40),
    sort: option('sort', ['title'] as const),
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Filters;
}

function languageIn(query: URLSearchParams): string | undefined {
  const code = query.get('language') ?? '';
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code) && code.length <= 35 ? code : undefined;
}

/** The cursors of the pages gone through, the shown one's last. */
export const readTrail = (query: URLSearchParams): string[] => query.get('at')?.split('.').filter(Boolean).slice(-maxTrail) ?? [];

export function catalogPath(filters: Filters, trail: readonly string[] = []): string {
  const query = new URLSearchParams(Object.entries(filters));
  if (trail.length > 0) query.set('at', trail.slice(-maxTrail).join('.'));
  return query.size > 0 ? `/courses?${query}` : '/courses';
}

/** Whether an address carries what says nothing: a form sent by GET names its empty fields too. */
export const isWordy = (query: URLSearchParams): boolean => query.get('sort') === 'newest' || [...query.values()].includes('');

export function without(filters: Filters, name: FilterName): Filters {
  const { [name]: _, ...rest } = filters;
  return rest;
}
