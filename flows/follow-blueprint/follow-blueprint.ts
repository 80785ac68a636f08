/**
 * Brings what is new in a release to the organisations that are open: permissions go to the roles that carry them in the blueprint, features and
 * limits come with the blueprint's value. What an organisation has changed stays as it is. Each step is a transaction of its own that may be repeated,
 * and does nothing the second time; what a crash has interrupted is done at the next start. Need not be undone: an admin can take away what came.
 */
import { audit, defineJob, enqueue, systemActor, type Database, type Job, type Tenant, type Tx } from '@milpa/kernel';
import { addDefaults, addStartingPlans, learnPermissions, requireBlueprint, type Blueprints, type Directory } from '@milpa/tenancy';
import { z } from 'zod';

export interface FollowingDeps {
  database: Database;
  directory: Pick<Directory, 'all' | 'forget'>;
  blueprints: Blueprints;
  /** All that a role may hold. */
  permissions(): readonly string[];
  extendRoles(tx: Tx, roles: readonly { key: string; permissions: readonly string[] }[]): Promise<void>;
}

export async function followBlueprint({ database, directory, blueprints, permissions, extendRoles }: FollowingDeps, tenant: Tenant & { blueprint: string }): Promise<void> {
  const blueprint = requireBlueprint(blueprints, tenant.blueprint);
  const lacks = (has: object, named: object) => Object.keys(named).some((key) => !(key in has));
  if (lacks(tenant.features, blueprint.features) || lacks(tenant.limits, blueprint.limits)) {
    await database.withControl((tx) => addDefaults(tx, tenant.id, blueprint));
    directory.forget();
  }
  await database.withTenant(tenant, systemActor, async (tx) => {
    const fresh = await learnPermissions(tx, permissions());
    if (fresh.length === 0) return;
    await extendRoles(tx, blueprint.roles.map(({ key, permissions: held }) => ({ key, permissions: held.filter((permission) => fresh.includes(permission)) })).filter((role) => role.permissions.length > 0));
    await audit(tx, { action: 'tenancy.followBlueprint', detail: { permissions: fresh } });
  });
}

const job = { name: 'tenancy.followBlueprints', maxAttempts: 10 };

/** One organisation after the other, the suspended ones too. */
export const followBlueprintsJob = (deps: FollowingDeps): Job<Record<string, never>> => defineJob({
  ...job, payload: z.object({}).strict() as z.ZodType<Record<string, never>>,
  async run(_payload, { signal }) {
    await deps.database.withControl((tx) => addStartingPlans(tx, deps.blueprints));
    for await (const tenant of deps.directory.all({ suspended: true })) {
      if (signal.aborted) return;
      await followBlueprint(deps, tenant);
    }
  },
});

/** Asked for at every start; one waiting is enough. */
export const askToFollow = ({ database }: Pick<FollowingDeps, 'database'>): Promise<void> =>
  database.withControl((tx) => enqueue(tx, job, {}, { key: job.name }));
