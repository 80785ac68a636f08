/** The roster's filters as they stand in the address. */
export const states = ['current', 'active', 'stalled', 'completed', 'left'] as const;
export const sorts = ['activity', 'quiet', 'name', 'progress', 'enrolled'] as const;
export const stalledDays = [3, 7, 14, 30, 60] as const;

export interface RosterQuery {
  state: (typeof states)[number]; sort: (typeof sorts)[number]; stalledAfterDays: number;
  q?: string; cohortId?: string; lessonId?: string; cursor?: string;
}

export function rosterQuery(params: URLSearchParams): RosterQuery {
  const optional = (name: 'q' | 'cohortId' | 'lessonId' | 'cursor') => { const value = params.get(name)?.trim().slice(0, 500); return value ? { [name]: value } : {}; };
  return {
    state: states.find((state) => state === params.get('state')) ?? 'current', sort: sorts.find((sort) => sort === params.get('sort')) ?? 'activity',
    stalledAfterDays: stalledDays.find((days) => String(days) === params.get('stalledAfterDays')) ?? 14,
    ...optional('q'), ...optional('cohortId'), ...optional('lessonId'), ...optional('cursor'),
  };
}

/** As an address's query, without what is left out. */
export const queryOf = (query: { [K in keyof RosterQuery]?: RosterQuery[K] | undefined } | Record<string, string | number | undefined>): string =>
  new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();
