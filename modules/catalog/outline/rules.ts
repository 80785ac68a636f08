import type { CourseOutline } from '../version/contract.ts';
import type { DraftModule } from './contract.ts';
import type { DraftRow } from './queries.ts';

/** Whether an order names exactly the modules and lessons that are there, each once. */
export function isReordering(order: readonly { id: string; lessonIds: readonly string[] }[], modules: readonly string[], lessons: readonly string[]): boolean {
  return sameItems(order.map((module) => module.id), modules) && sameItems(order.flatMap((module) => module.lessonIds), lessons);
}

/** Whether two lists hold the same items, each once. */
export function sameItems(a: readonly string[], b: readonly string[]): boolean {
  const items = new Set(a);
  return a.length === b.length && items.size === a.length && b.every((item) => items.has(item));
}

/** The draft's modules with their lessons. Prerequisites that were removed are not asked for. */
export function draftModules(rows: readonly DraftRow[]): DraftModule[] {
  const byModule = Map.groupBy(rows, (row) => row.moduleId);
  return [...byModule].map(([id, [first, ...rest]]) => ({
    id, title: first!.moduleTitle, release: first!.release, prerequisiteIds: first!.prerequisiteIds.filter((other) => byModule.has(other)),
    lessons: [first!, ...rest].flatMap((row) => (row.id === null ? [] : [{ id: row.id, title: row.title, minutes: row.minutes, completion: row.completion, optional: row.optional, version: row.version }])),
  }));
}

/** The draft in the shape of a version; `revisions` by lesson, none for a preview. */
export function outlineOfDraft(course: { requiredShare: number; sequential: boolean }, modules: readonly DraftModule[], revisions: ReadonlyMap<string, string> = new Map()): CourseOutline {
  return {
    requiredShare: course.requiredShare, sequential: course.sequential,
    modules: modules.map((module) => ({ ...module, lessons: module.lessons.map(({ version: _, ...lesson }) => ({ ...lesson, revisionId: revisions.get(lesson.id) ?? null })) })),
  };
}

/** Those that come, over others, to themselves. `after`: what each waits for. */
export function inCircle(after: ReadonlyMap<string, readonly string[]>): string[] {
  const reaches = (from: string): boolean => {
    const seen = new Set<string>();
    const ahead = [...after.get(from) ?? []];
    for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
      if (at === from) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      ahead.push(...after.get(at) ?? []);
    }
    return false;
  };
  return [...after.keys()].filter(reaches);
}
