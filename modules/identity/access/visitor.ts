/** What everybody may do, kept in this process for a moment: most requests of a public catalogue come from people who are not signed in. */
import { systemActor, type Database, type TenantRef, type Tx } from '@milpa/kernel';

/** Other processes may see a change of the role this much later. */
const keptMs = 5_000;

interface Kept { permissions: Promise<ReadonlySet<string>>; until: number }
const kept = new Map<string, Kept>();

/** Those of `allowed` that the tenant's role `visitor` holds. */
export function permissionsOfVisitors(database: Database, tenant: TenantRef, allowed: readonly string[]): Promise<ReadonlySet<string>> {
  const now = performance.now();
  const known = kept.get(tenant.id);
  if (known && known.until > now) return known.permissions;
  const permissions = database.readTenant(tenant, systemActor, async (tx) =>
    new Set((await tx.selectFrom('identity.role').select('permissions').where('key', '=', 'visitor').executeTakeFirst())?.permissions.filter((permission) => allowed.includes(permission)) ?? []));
  const entry = { permissions, until: now + keptMs };
  kept.set(tenant.id, entry);
  permissions.catch(() => { if (kept.get(tenant.id) === entry) kept.delete(tenant.id); });
  return permissions;
}

/** To be called in the transaction that changes a role: from its commit on, this process reads the role anew. */
export const forgetVisitorRole = (tx: Tx): void => tx.afterCommit(() => { kept.delete(tx.tenant.id); });
