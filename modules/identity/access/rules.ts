/** Pure decisions about permissions and roles. */
import type { Persona } from '../tables.ts';

const ownSuffix = ':own';

/** Whether the set allows `permission`: `course:update` allows `course:update:own` as well. */
export function covers(held: ReadonlySet<string>, permission: string): boolean {
  return held.has(permission) || (permission.endsWith(ownSuffix) && held.has(permission.slice(0, -ownSuffix.length)));
}

/** What of `wanted` goes beyond what is held; nobody hands on what they lack. */
export const beyond = (held: ReadonlySet<string>, wanted: readonly string[]): string[] => wanted.filter((permission) => !covers(held, permission));

/** What both sets allow. */
export function inBoth(one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...[...one].filter((permission) => covers(other, permission)), ...[...other].filter((permission) => covers(one, permission))]);
}

export interface Term { startsAt: string; expiresAt: string | null }

/** A role counts from the moment its term starts, and no longer at the moment it expires. */
export const inForce = (term: Term, now: Date): boolean =>
  Date.parse(term.startsAt) <= now.getTime() && (term.expiresAt === null || Date.parse(term.expiresAt) > now.getTime());

const byWeight: readonly Persona[] = ['admin', 'officer', 'instructor', 'guardian', 'learner'];

/** The persona whose screens a member sees first: the weightiest of their roles. */
export const personaOf = (personas: readonly Persona[]): Persona => byWeight.find((persona) => personas.includes(persona)) ?? 'learner';

/** A role of an active member, as far as it lets them administer people. */
export interface AdminTerm extends Term { memberId: string; permissions: readonly string[] }
/** Members who can administer people now, and those of them for whom no end is set. */
export interface Admins { current: number; lasting: number }

/** Who holds all of these can put right whatever is wrong with members and roles. */
export const adminPermissions = ['member:update', 'role:update'] as const;

export function countAdmins(terms: readonly AdminTerm[], now: Date): Admins {
  const held = terms.filter((term) => inForce(term, now));
  const count = (counted: readonly AdminTerm[]) => {
    const byMember = new Map<string, Set<string>>();
    for (const { memberId, permissions } of counted) byMember.set(memberId, new Set([...byMember.get(memberId) ?? [], ...permissions]));
    return [...byMember.values()].filter((permissions) => adminPermissions.every((permission) => permissions.has(permission))).length;
  };
  return { current: count(held), lasting: count(held.filter((term) => term.expiresAt === null)) };
}

/** Whether a change leaves the tenant without an admin, at once or when the last term ends. */
export const locksOut = (before: Admins, after: Admins): boolean =>
  (before.current > 0 && after.current === 0) || (before.lasting > 0 && after.lasting === 0);
