/** Reminds the administrators of a tenant that is about to be deleted: a week before its end, and a day before. */
import { defineJob, systemActor, type ControlTx, type Job } from '@milpa/kernel';
import { z } from 'zod';
import { mailAdmins, pendingOf, type DeletionDeps } from './deletion.ts';

const dayMs = 86_400_000;
type Days = 7 | 1;

/** Which reminder is due; after a day without a running server only the later one, and none once it is over. */
export function reminderDue(dueAt: Date, now: Date, reminded: number | null): Days | null {
  const left = dueAt.getTime() - now.getTime();
  const days = left <= 0 || left > 7 * dayMs ? null : left > dayMs ? 7 : 1;
  return days !== null && (reminded === null || reminded > days) ? days : null;
}

const waiting = (tx: ControlTx) => tx.selectFrom('tenancyControl.deletion').select(['tenantId', 'requestedAt', 'remindedDays'])
  .where('startedAt', 'is', null).where('dueAt', '>', tx.now.toISOString()).where('dueAt', '<=', new Date(tx.now.getTime() + 7 * dayMs).toISOString()).execute();

/** The data plane says whether there is still something to remind of. Each mail has a key of its own: a crash in between is made up for, and nobody gets one twice. */
export function remindOfDeletionJob(deps: DeletionDeps): Job<Record<string, never>> {
  const { database, tenants } = deps;
  const remind = async ({ tenantId, requestedAt, remindedDays }: { tenantId: string; requestedAt: string; remindedDays: number | null }) => {
    const tenant = await tenants.byId(tenantId);
    if (!tenant || tenant.status === 'closed') return;
    const pending = await database.readTenant(tenant, systemActor, async (tx) => ({ ...await pendingOf(tx), now: tx.now, admins: await deps.administrators(tx) }));
    if (pending.requestedAt !== requestedAt || pending.startedAt !== null || pending.dueAt === undefined) return;
    const days = reminderDue(new Date(pending.dueAt), pending.now, remindedDays);
    if (days === null) return;
    await mailAdmins(deps, tenant, pending.admins, 'reminder', pending.dueAt, `deletion:${days}:${tenantId}:${requestedAt}`);
    await database.withControl((tx) => tx.updateTable('tenancyControl.deletion').set({ remindedDays: days }).where('tenantId', '=', tenantId).where('requestedAt', '=', requestedAt).execute());
  };
  return defineJob({
    name: 'tenancy.remindOfDeletion', payload: z.object({}) as z.ZodType<Record<string, never>>, maxAttempts: 5,
    async run(_payload, { signal }) {
      const failed: unknown[] = [];
      for (const deletion of await database.readControl(waiting)) {
        signal.throwIfAborted();
        await remind(deletion).catch((error: unknown) => failed.push(error));
      }
      if (failed.length > 0) throw new AggregateError(failed, `The administrators of ${failed.length} tenants could not be reminded; it is tried again.`);
    },
  });
}
