import { Problem, problems as kernelProblems, sql, type Actor, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { adminTerms, lockRoles } from '../access/queries.ts';
import { beyond, countAdmins, locksOut } from '../access/rules.ts';
import { forgetVisitorRole } from '../access/visitor.ts';
import { problems } from '../problems.ts';
import type { Persona, RoleName } from '../tables.ts';
import type { createRole, deleteRole, Role, RoleDifference, updateRole } from './contract.ts';
import { allRoles, countHolders, countInvitedAs, findRole, moveHolders, removeRole } from './queries.ts';
import { differenceOf } from './rules.ts';

export async function list(tx: Tx): Promise<{ data: Role[] }> {
  const [roles, holders] = [await allRoles(tx), await countHolders(tx)];
  return { data: roles.map((role) => ({ ...role, holders: holders.get(role.id) ?? 0 })) };
}

/** @throws Problem `identity.role_not_found` */
export async function getRole(tx: Tx, id: string): Promise<Role> {
  const role = await findRole(tx, id);
  if (!role) throw new Problem(problems.role_not_found);
  return { ...role, holders: (await countHolders(tx)).get(id) ?? 0 };
}

/** @throws Problem `identity.beyond_own_permissions` when somebody would hand on, or take away, what they lack. */
export function requireWithinOwn(actor: Actor, permissions: readonly string[]): void {
  if (beyond(actor.permissions, permissions).length > 0) throw new Problem(problems.beyond_own_permissions);
}

/** @throws Problem `kernel.validation_failed` that names each permission which no module asks for. */
function requireKnown(known: readonly string[], permissions: readonly string[]): void {
  const fields = permissions.flatMap((permission, index) => (known.includes(permission) ? [] : [{ path: `body.permissions.${index}`, code: 'not_an_option' }]));
  if (fields.length > 0) throw new Problem(kernelProblems.validation_failed, { fields });
}

/**
 * Makes a change of roles or members, which must not leave the tenant without an admin; one such change at a time.
 * @throws Problem `identity.last_admin`
 */
export async function keepingAnAdmin<T>(tx: Tx, change: () => Promise<T>): Promise<T> {
  await lockRoles(tx);
  const before = countAdmins(await adminTerms(tx), tx.now);
  const result = await change();
  if (locksOut(before, countAdmins(await adminTerms(tx), tx.now))) throw new Problem(problems.last_admin);
  return result;
}

/** Of all modules: the permissions that a role may hold, and those of them that the role `visitor` may. */
export interface KnownPermissions { readonly all: readonly string[]; readonly visitors: readonly string[] }

/** Who is not signed in sees only what is meant for everybody. @throws Problem `identity.visitor_reads_only` */
function requireForVisitors(known: KnownPermissions, key: string, permissions: readonly string[]): void {
  if (key === 'visitor' && permissions.some((permission) => !known.visitors.includes(permission))) throw new Problem(problems.visitor_reads_only);
}

export async function create(tx: Tx, actor: Actor, known: KnownPermissions, input: Input<typeof createRole>['body']): Promise<Role> {
  const permissions = [...new Set(input.permissions)];
  requireKnown(known.all, permissions);
  requireWithinOwn(actor, permissions);
  requireForVisitors(known, input.key, permissions);
  const now = tx.now.toISOString();
  const made = await tx.insertInto('identity.role').values({ ...input, permissions, createdAt: now, updatedAt: now })
    .onConflict((conflict) => conflict.columns(['tenantId', 'key']).doNothing()).returning('id').executeTakeFirst();
  if (!made) throw new Problem(problems.role_key_taken);
  forgetVisitorRole(tx);
  return getRole(tx, made.id);
}

/** Changes a role for all who have it; what is added and what is taken away must be the actor's own, and of a role beyond their own nobody changes the name or the screens. */
export async function update(tx: Tx, actor: Actor, known: KnownPermissions, id: string, version: number, input: Input<typeof updateRole>['body']): Promise<Role> {
  return keepingAnAdmin(tx, async () => {
    const role = await getRole(tx, id);
    const permissions = input.permissions && [...new Set(input.permissions)];
    if (input.name || input.persona) requireWithinOwn(actor, role.permissions);
    if (permissions) {
      const added = permissions.filter((permission) => !role.permissions.includes(permission));
      requireKnown(known.all, added);
      requireWithinOwn(actor, [...added, ...role.permissions.filter((permission) => !permissions.includes(permission))]);
      requireForVisitors(known, role.key, permissions);
    }
    const changed = await tx.updateTable('identity.role')
      .set({ ...input, ...(permissions ? { permissions } : {}), version: sql`version + 1`, updatedAt: tx.now.toISOString() })
      .where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst();
    if (!changed) throw new Problem(kernelProblems.version_conflict);
    forgetVisitorRole(tx);
    return getRole(tx, id);
  });
}

const inBlueprint = (blueprint: readonly RoleDefinition[], key: string) => blueprint.find((original) => original.key === key);

/** @throws Problem `identity.role_not_found`. */
export async function compare(tx: Tx, blueprint: readonly RoleDefinition[], id: string): Promise<{ difference: RoleDifference | null }> {
  const role = await getRole(tx, id);
  const original = inBlueprint(blueprint, role.key);
  return { difference: original ? differenceOf(role, original) : null };
}

/** Its name stays: that is the organisation's own. @throws Problem `identity.role_own`, and of `update`. */
export async function restore(tx: Tx, actor: Actor, known: KnownPermissions, blueprint: readonly RoleDefinition[], id: string, version: number): Promise<Role> {
  const original = inBlueprint(blueprint, (await getRole(tx, id)).key);
  if (!original) throw new Problem(problems.role_own);
  return update(tx, actor, known, id, version, { persona: original.persona, permissions: [...original.permissions] });
}

/** Deletes a role. Its people go to another one, or there are none; what it gives must be the actor's own, and so must what they get for it. */
export async function remove(tx: Tx, actor: Actor, id: string, version: number, { reassignTo }: Input<typeof deleteRole>['query']): Promise<void> {
  await keepingAnAdmin(tx, async () => {
    const role = await getRole(tx, id);
    if (role.version !== version) throw new Problem(kernelProblems.version_conflict);
    if (role.key === 'visitor' || role.onSignUp) throw new Problem(problems.role_needed);
    requireWithinOwn(actor, role.permissions);
    const people = role.holders + await countInvitedAs(tx, id);
    if (people > 0) {
      if (!reassignTo) throw new Problem(problems.role_held, { params: { count: people } });
      const other = await getRole(tx, reassignTo);
      if (other.id === id || other.key === 'visitor') throw new Problem(problems.role_not_found);
      requireWithinOwn(actor, other.permissions);
      await moveHolders(tx, id, other.id);
    }
    if (!await removeRole(tx, id, version)) throw new Problem(kernelProblems.version_conflict);
  });
}

export interface RoleDefinition { key: string; name: RoleName; persona: Persona; permissions: readonly string[] }

/** Gives a tenant the roles of its blueprint. Roles that are there already keep what has been made of them. */
export async function furnishRoles(tx: Tx, roles: readonly RoleDefinition[], signUpRoleKey: string): Promise<void> {
  const now = tx.now.toISOString();
  await tx.insertInto('identity.role')
    .values(roles.map((role) => ({ ...role, permissions: [...role.permissions], onSignUp: role.key === signUpRoleKey, createdAt: now, updatedAt: now })))
    .onConflict((conflict) => conflict.columns(['tenantId', 'key']).doNothing()).execute();
  forgetVisitorRole(tx);
}

/** Adds permissions to the roles that carry them in the blueprint, by the role's key. */
export async function extendRoles(tx: Tx, roles: readonly Pick<RoleDefinition, 'key' | 'permissions'>[]): Promise<void> {
  for (const { key, permissions } of roles) {
    await tx.updateTable('identity.role')
      .set({ permissions: sql`array(select unnest(permissions) union select unnest(${[...permissions]}::text[]) order by 1)`, version: sql`version + 1`, updatedAt: tx.now.toISOString() })
      .where('key', '=', key).where(sql<boolean>`not permissions @> ${[...permissions]}::text[]`).execute();
  }
  forgetVisitorRole(tx);
}
