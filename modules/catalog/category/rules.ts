/** Parents before their children, siblings in the order given. */
export function inTreeOrder<C extends { id: string; parentId: string | null }>(categories: readonly C[]): C[] {
  const children = Map.groupBy(categories, (category) => category.parentId);
  const below = (parent: string | null): C[] => (children.get(parent) ?? []).flatMap((category) => [category, ...below(category.id)]);
  return below(null);
}
