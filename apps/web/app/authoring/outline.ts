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

/** The outline with a lesson or module before or after another; a lesson set upon a module becomes its first. */
export function placed(order: readonly Order[], id: string, target: string, side: 'before' | 'after'): Order[] {
  if (id === target) return [...order];
  const moving = order.find((module) => module.id === id);
  if (moving) {
    const home = order.find((module) => module.id === target || module.lessonIds.includes(target));
    if (!home || home === moving) return [...order];
    const rest = order.filter((module) => module !== moving);
    rest.splice(rest.indexOf(home) + (side === 'after' ? 1 : 0), 0, moving);
    return rest;
  }
  if (!order.some((module) => module.lessonIds.includes(id))) return [...order];
  return order.map((module) => {
    const lessonIds = module.lessonIds.filter((lesson) => lesson !== id);
    if (module.id === target) lessonIds.unshift(id);
    const at = lessonIds.indexOf(target);
    if (at >= 0) lessonIds.splice(at + (side === 'after' ? 1 : 0), 0, id);
    return { ...module, lessonIds };
  });
}

/** Where a part stands, counted from 1: for those who hear it. */
export function placeOf(order: readonly Order[], id: string): { at: number; of: number; moduleId: string | null } | null {
  const index = order.findIndex((module) => module.id === id);
  if (index >= 0) return { at: index + 1, of: order.length, moduleId: null };
  const home = order.find((module) => module.lessonIds.includes(id));
  return home ? { at: home.lessonIds.indexOf(id) + 1, of: home.lessonIds.length, moduleId: home.id } : null;
}

export const sameOrder = (a: readonly Order[], b: readonly Order[]): boolean => JSON.stringify(a) === JSON.stringify(b);

function swapped<T>(items: readonly T[], a: number, b: number): T[] {
  const [first, second] = [items[a], items[b]];
  if (first === undefined || second === undefined) return [...items];
  return items.map((item, index) => (index === a ? second : index === b ? first : item));
}
