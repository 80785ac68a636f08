/** Parents before their children, siblings in the order given. */
export function inTreeOrder<C extends { id: string; parentId: string | null }>(categories: readonly C[]): C[] {
  const children = Map.groupBy(categories, (category) => category.parentId);
  const below = (parent: string | null): C[] => (children.get(parent) ?? []).flatMap((category) => [category, ...below(category.id)]);
  return below(null);
}

interface Placed { id: string; parentId: string | null; position: number }
export type Direction = 'up' | 'down' | 'in' | 'out';

/** Where categories are after one of them was moved a step: those whose place changes. Siblings come in their order. */
export function moved(categories: readonly Placed[], id: string, direction: Direction): Placed[] {
  const category = categories.find((one) => one.id === id);
  if (!category) return [];
  const childrenOf = (parentId: string | null) => categories.filter((one) => one.parentId === parentId);
  const siblings = childrenOf(category.parentId);
  const at = siblings.indexOf(category);
  const others = siblings.filter((one) => one !== category);
  const arranged = (list: readonly Placed[], parentId: string | null) =>
    list.map((one, position) => ({ id: one.id, parentId, position })).filter((now) => { const was = categories.find((one) => one.id === now.id); return was?.parentId !== now.parentId || was.position !== now.position; });
  if (direction === 'up' || direction === 'down') {
    const to = direction === 'up' ? at - 1 : at + 1;
    return to < 0 || to >= siblings.length ? [] : arranged(others.toSpliced(to, 0, category), category.parentId);
  }
  if (direction === 'in') {
    const before = siblings[at - 1];
    return before ? arranged([...childrenOf(before.id), category], before.id) : [];
  }
  const parent = categories.find((one) => one.id === category.parentId);
  if (!parent) return [];
  const beside = childrenOf(parent.parentId);
  return arranged(beside.toSpliced(beside.indexOf(parent) + 1, 0, category), parent.parentId);
}
