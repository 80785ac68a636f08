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

export const pictureBytes = { most: 1024 * 1024, head: 16 } as const;

const begins = (bytes: Uint8Array, text: string, at = 0) => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** What a photograph is, by its first bytes, whatever it is said to be; null when it is none that a member's picture may be. */
export function pictureKind(head: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
  if (begins(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(head, '\xff\xd8\xff')) return 'image/jpeg';
  return begins(head, 'RIFF') && begins(head, 'WEBP', 8) ? 'image/webp' : null;
}
