/**
 * Deletes a tenant whose grace is over, across both planes. Every step is a transaction of its own and may be repeated; a schedule takes up what a crash interrupted.
 *
 * 1. begin   data plane: from here on it cannot be called off. Not due yet by the database's clock: nothing happens. Called off: the control plane forgets it.
 * 2. shut    control plane: the doors close for good.
 * 3. erase   data plane: all rows of all modules, in the order of their foreign keys, portion by portion, until a whole round finds none.
 * 4. end     data plane: the row that allowed it.
 * 5. files   the bytes in the storage.
 * 6. bury    control plane: domains and waiting jobs go; a tombstone and an entry in the operators' log stay.
 *
 * Nothing is undone: the grace before it is what protects.
 */
import { defineJob, systemActor, type Database, type Job, type Schedule } from '@milpa/kernel';
import { beginErasing, buryTenant, endErasing, eraseSome, erasureGroups, findDeletion, forgetDeletion, isPending, listDueDeletions, requireRecord, shutTenant, type Directory, type TenantRecord } from '@milpa/tenancy';
import { z } from 'zod';

export interface ClosingDeps {
  database: Database;
  directory: Pick<Directory, 'forget'>;
  removeFiles(tenantId: string): Promise<void>;
}

/** Does what is left to do: nothing, when it is not due or done. */
export async function closeTenant({ database, directory, removeFiles }: ClosingDeps, tenantId: string, signal?: AbortSignal): Promise<void> {
  const deletion = await database.readControl((tx) => findDeletion(tx, tenantId));
  if (!deletion || deletion.erasedAt !== null) return;
  const tenant = await database.readControl((tx) => requireRecord(tx, tenantId));
  if (deletion.startedAt === null) {
    if (!await database.withTenant(tenant, systemActor, beginErasing)) {
      if (!await database.readTenant(tenant, systemActor, isPending)) await database.withControl((tx) => forgetDeletion(tx, tenantId));
      return;
    }
    await database.withControl((tx) => shutTenant(tx, tenantId));
    directory.forget();
  }
  if (await database.readTenant(tenant, systemActor, isPending)) {
    while (await eraseRound(database, tenant, signal) > 0);
    await database.withTenant(tenant, systemActor, endErasing);
  }
  await removeFiles(tenantId);
  await database.withControl((tx) => buryTenant(tx, tenantId));
  directory.forget();
}

/** Once through all tables. What was under way when the doors closed may have written behind it, so somebody looks again. */
async function eraseRound(database: Database, tenant: TenantRecord, signal?: AbortSignal): Promise<number> {
  let erased = 0;
  for (const group of await database.readTenant(tenant, systemActor, erasureGroups)) {
    for (let some = -1; some !== 0; erased += some) {
      signal?.throwIfAborted();
      some = await database.withTenant(tenant, systemActor, (tx) => eraseSome(tx, group));
    }
  }
  return erased;
}

/** Looks for tenants whose grace is over; one that fails does not hold up the others. */
export function closeTenants(deps: ClosingDeps): { jobs: Job<any>[]; schedules: Schedule[] } {
  const job = defineJob({
    name: 'tenancy.closeTenants', payload: z.object({}), maxAttempts: 5,
    async run(_payload, { signal }) {
      const failed: unknown[] = [];
      for (const tenantId of await deps.database.readControl(listDueDeletions)) {
        signal.throwIfAborted();
        await closeTenant(deps, tenantId, signal).catch((error: unknown) => failed.push(error));
      }
      if (failed.length > 0) throw new AggregateError(failed, `${failed.length} tenants could not be deleted; they are tried again.`);
    },
  });
  return { jobs: [job], schedules: [{ name: 'tenancy.closeTenantsHourly', cron: '23 * * * *', job, payload: {} }] };
}
