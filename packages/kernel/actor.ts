/** Who is doing this, and what they may do. */
export interface TenantRef {
  id: string;
  slug: string;
  /** Which data plane holds the tenant's rows. */
  dataPlane: string;
}

export interface Actor {
  /** `support`: an operator whom this tenant has let in; no member of it. */
  kind: 'visitor' | 'member' | 'account' | 'operator' | 'support' | 'system';
  accountId: string | null;
  memberId: string | null;
  /** Permissions in this tenant: `resource:action` or `resource:action:own`. */
  permissions: ReadonlySet<string>;
  /** What the tenant allowed support, and until when; `open` is what anybody may do there. */
  support?: { accessId: string; mayChange: boolean; until: string; open: ReadonlySet<string> };
  /** What screens greet the person with; absent for visitors and the system. */
  profile?: { name: string; email: string; persona: string | null; theme?: 'light' | 'dark' | null; timeZone?: string | null };
}

/** The installation itself, in jobs, event handlers and seeding. Holds no permission: it calls use cases, not endpoints. */
export const systemActor: Actor = { kind: 'system', accountId: null, memberId: null, permissions: new Set() };

/** Whether the actor may do `permission` (`course:update`) to a thing whose owner is `ownerId` (a member), if it has one. */
export function can(actor: Actor, permission: string, ownerId?: string | null): boolean {
  const any = permission.endsWith(':own') ? permission.slice(0, -4) : permission;
  if (actor.permissions.has(any)) return true;
  if (!actor.permissions.has(`${any}:own`)) return false;
  return ownerId === undefined || (ownerId !== null && ownerId === actor.memberId);
}

/** Whether the actor is support that was let in for reading. */
export const onlyReads = ({ support }: Actor): boolean => support?.mayChange === false;

/** The answer for each action, to send along with the thing. */
export function abilitiesOf<const A extends string>(actor: Actor, resource: string, actions: readonly A[], ownerId: string | null): Record<A, boolean> {
  return Object.fromEntries(actions.map((action) => [action, !onlyReads(actor) && can(actor, `${resource}:${action}`, ownerId)])) as Record<A, boolean>;
}

/** The permission to read what `permission` is about: `course:read` for `course:update:own`. */
export const readingOf = (permission: string): string => `${permission.slice(0, permission.indexOf(':'))}:read`;

/** Whether the actor can be told that such a resource exists at all: decides between 403 and 404. */
export function maySee(actor: Actor, permission: string): boolean {
  const reading = readingOf(permission);
  return actor.permissions.has(reading) || actor.permissions.has(`${reading}:own`);
}
