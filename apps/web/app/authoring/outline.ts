/** Moves within an outline: lessons go past the end of their module into the next one. */
export interface Order { id: string; lessonIds: string[] }
export type Direction = 'up' | 'down';

/** The outline with one module or lesson a step higher or lower; as it was where there is no further. */
export function moved(order: readonly Order[], id: string, direction: Direction): Order[] {
  const step = direction === 'up' ? -1 : 1;
  const index = order.findIndex((module) => module.id === id);
  if (index >= 0) return swapped(order, index, index + step);
  const from = order.findIndex((module) => module.lessonIds.includes(id));
  const home = order[from];
  if (!home) return [...order];
  const at = home.lessonIds.indexOf(id);
  if (home.lessonIds[at + step] !== undefined) return order.map((module) => (module === home ? { ...module, lessonIds: swapped(home.lessonIds, at, at + step) } : module));
  const next = order[from + step];
  if (!next) return [...order];
  return order.map((module) => {
    if (module === home) return { ...module, lessonIds: home.lessonIds.filter((lesson) => lesson !== id) };
    if (module === next) return { ...module, lessonIds: direction === 'up' ? [...next.lessonIds, id] : [id, ...next.lessonIds] };
    return module;
  });
}

function swapped<T>(items: readonly T[], a: number, b: number): T[] {
  const [first, second] = [items[a], items[b]];
  if (first === undefined || second === undefined) return [...items];
  return items.map((item, index) => (index === a ? second : index === b ? first : item));
}
