import type { RoleDifference } from './contract.ts';

interface Holding { persona: RoleDifference['persona']; permissions: readonly string[] }

/** How a role differs from what its blueprint has of the same key. */
export function differenceOf(role: Holding, { persona, permissions }: Holding): RoleDifference {
  const without = (all: readonly string[], others: readonly string[]) => all.filter((permission) => !others.includes(permission)).toSorted();
  const [added, removed] = [without(role.permissions, permissions), without(permissions, role.permissions)];
  return { persona, permissions: permissions.toSorted(), added, removed, same: added.length + removed.length === 0 && role.persona === persona };
}
