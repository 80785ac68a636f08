/**
 * Opens a tenant, across both planes. Every step may be repeated, and each is its own transaction:
 *
 * 1. reserve   control plane: the address is taken, the tenant is `provisioning`, nobody can enter. The job that finishes what was
 *              interrupted is asked for in this transaction. Undone by closing the tenant, renamed before if its address is to be free.
 * 2. furnish   data plane: the note that it is furnished, roles and whatever else modules bring, and the invitation of
 *              the first administrator, all at once, so that it happens once. Need not be undone: nobody can see the rows of a
 *              tenant that is not open.
 * 3. activate  control plane: the doors open. Undone by suspending or closing.
 */
import { defineJob, enqueue, systemActor, type ControlTx, type Database, type Job, type Tenant, type Tx } from '@milpa/kernel';
import { activateTenant, addStartingPlans, findBySlug, findOpening, markFurnished, requireBlueprint, requireRecord, reserveTenant, type Blueprint, type Blueprints, type Directory, type TenantInput, type TenantRecord } from '@milpa/tenancy';
import { z } from 'zod';

/** What a module puts into a new tenant. Must ask no other plane and have no outside effect but through jobs and events. */
export type Furnisher = (tx: Tx, blueprint: Blueprint) => Promise<void>;

export interface OpeningDeps {
  database: Database;
  directory: Pick<Directory, 'forget'>;
  blueprints: Blueprints;
  furnishers: readonly Furnisher[];
  /** All that a role may hold. */
  permissions(): readonly string[];
  /** Invites somebody to that role, whether or not they have an account; the mail goes out once this transaction has been committed. */
  invite(tx: Tx, tenant: Tenant, email: string, roleKey: string): Promise<void>;
}

const job = { name: 'tenancy.openTenant', maxAttempts: 10 };
/** How long whoever waits for a tenant has for finishing it before the job does. */
const headStartMilliseconds = 60_000;

/** Opens a tenant at once. @throws Problem `tenancy.unknown_blueprint`, `tenancy.slug_reserved`, `tenancy.slug_taken`. */
export async function openTenant(deps: OpeningDeps, input: TenantInput): Promise<TenantRecord> {
  const { id } = await deps.database.withControl((tx) => beginOpening(tx, deps, input));
  await finishOpening(deps, id);
  return deps.database.readControl((tx) => requireRecord(tx, id));
}

/** The first step, in a transaction of the caller's: whoever has committed it calls `finishOpening`, or leaves it to the job. @throws Problem as `openTenant`. */
export async function beginOpening(tx: ControlTx, { blueprints }: Pick<OpeningDeps, 'blueprints'>, input: TenantInput): Promise<TenantRecord> {
  // A plan may be named before the first server has started.
  if (input.plan !== undefined) await addStartingPlans(tx, blueprints);
  const reserved = await reserveTenant(tx, requireBlueprint(blueprints, input.blueprint), input);
  await enqueue(tx, job, { tenantId: reserved.id }, { key: reserved.id, runAt: new Date(tx.now.getTime() + headStartMilliseconds) });
  return reserved;
}

/** The tenant with this address, opened if there is none and finished if it was interrupted: for whoever may be repeated, such as the planting of demos. */
export async function ensureTenant(deps: OpeningDeps, input: TenantInput): Promise<TenantRecord> {
  const { database } = deps;
  const before = await database.readControl((tx) => findBySlug(tx, input.slug));
  if (!before) return openTenant(deps, input);
  await finishOpening(deps, before.id);
  return database.readControl((tx) => requireRecord(tx, before.id));
}

/** Does what is left to do for a tenant that is being opened: nothing, when it is open. */
export async function finishOpening(deps: OpeningDeps, tenantId: string): Promise<void> {
  const { database, directory } = deps;
  const opening = await database.readControl((tx) => findOpening(tx, tenantId));
  if (!opening) return;
  await furnish(deps, opening.tenant, opening.firstAdminEmail);
  await database.withControl((tx) => activateTenant(tx, tenantId));
  directory.forget();
}

async function furnish(deps: OpeningDeps, tenant: TenantRecord, firstAdminEmail: string | null): Promise<void> {
  const blueprint = requireBlueprint(deps.blueprints, tenant.blueprint);
  await deps.database.withTenant(tenant, systemActor, async (tx) => {
    if (!await markFurnished(tx, blueprint.key, deps.permissions())) return;
    for (const furnisher of deps.furnishers) await furnisher(tx, blueprint);
    if (firstAdminEmail) await deps.invite(tx, tenant, firstAdminEmail, adminRole(blueprint));
  });
}

function adminRole(blueprint: Blueprint): string {
  const role = blueprint.roles.find(({ persona }) => persona === 'admin');
  if (!role) throw new Error(`The blueprint "${blueprint.key}" has no role for administrators.`);
  return role.key;
}

/** Finishes what a crash or a failure has interrupted. */
export const openTenantJob = (deps: OpeningDeps): Job<{ tenantId: string }> => defineJob({
  ...job, payload: z.object({ tenantId: z.uuid() }),
  run: ({ tenantId }) => finishOpening(deps, tenantId),
});
