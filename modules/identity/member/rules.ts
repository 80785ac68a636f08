/** Pure decisions about the terms in which a member has roles. */
export interface RoleTerm { roleId: string; startsAt: string; expiresAt: string | null }

const sameTerm = (one: RoleTerm, other: RoleTerm) =>
  Date.parse(one.startsAt) === Date.parse(other.startsAt) && (one.expiresAt === null ? other.expiresAt === null : other.expiresAt !== null && Date.parse(one.expiresAt) === Date.parse(other.expiresAt));

/** Roles that are given, taken away, or get another term. */
export function changedRoles(held: readonly RoleTerm[], wanted: readonly RoleTerm[]): Set<string> {
  const differs = (term: RoleTerm, others: readonly RoleTerm[]) => !others.some((other) => other.roleId === term.roleId && sameTerm(term, other));
  return new Set([...held.filter((term) => differs(term, wanted)), ...wanted.filter((term) => differs(term, held))].map((term) => term.roleId));
}

/** Terms must end after they begin, and a role is had once. */
export const termRefused = (terms: readonly RoleTerm[]): boolean =>
  new Set(terms.map((term) => term.roleId)).size !== terms.length
  || terms.some((term) => term.expiresAt !== null && Date.parse(term.expiresAt) <= Date.parse(term.startsAt));

export const pictureBytes = 1024 * 1024;
