/** Whether an order names exactly the modules and lessons that are there, each once. */
export function isReordering(order: readonly { id: string; lessonIds: readonly string[] }[], modules: readonly string[], lessons: readonly string[]): boolean {
  const sameItems = (a: readonly string[], b: readonly string[]) => a.length === b.length && new Set(a).size === a.length && a.every((item) => b.includes(item));
  return sameItems(order.map((module) => module.id), modules) && sameItems(order.flatMap((module) => module.lessonIds), lessons);
}
