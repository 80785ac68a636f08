/**
 * What organisations use, counted every hour by the modules that own the rows and kept in the control plane: lists and charts read it from there.
 * Limits are never held against these numbers, but against the rows themselves.
 */
import { defineJob, enqueue, lastActivity, systemActor, type ControlTx, type Database, type Job, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Directory } from '../directory.ts';
import type { Usage } from '../tenant/contract.ts';
import type { getGrowth } from './contract.ts';
import { everyDay } from './rules.ts';

export interface CountingDeps {
  database: Database;
  directory: Pick<Directory, 'all'>;
  countUsage(tx: Tx): Promise<Usage>;
}

const job = { name: 'tenancy.countUsage', maxAttempts: 3 };

/** One organisation after the other, the suspended ones too; then all together for the day. */
export const countUsageJob = ({ database, directory, countUsage }: CountingDeps): Job<Record<string, never>> => defineJob({
  ...job, payload: z.object({}) as z.ZodType<Record<string, never>>,
  async run(_payload, { signal }) {
    for await (const tenant of directory.all({ suspended: true })) {
      signal.throwIfAborted();
      const used = await database.readTenant(tenant, systemActor, async (tx) => {
        const [usage, lastActiveAt] = await Promise.all([countUsage(tx), lastActivity(tx)]);
        return { ...usage, lastActiveAt };
      });
      await database.withControl((tx) => keep(tx, tenant.id, used));
    }
    await database.withControl(keepDay);
  },
});

/** A tenant that was erased meanwhile is left out. */
async function keep(tx: ControlTx, tenantId: string, { members, courses, storageBytes, lastActiveAt }: Usage & { lastActiveAt: string | null }): Promise<void> {
  await sql`insert into tenancy_control.tenant_usage (tenant_id, members, courses, storage_bytes, last_active_at, counted_at)
    select id, ${members}::int, ${courses}::int, ${storageBytes}::bigint, ${lastActiveAt}::timestamptz, ${tx.now.toISOString()}::timestamptz from tenancy_control.tenant where id = ${tenantId} and status <> 'closed'
    on conflict (tenant_id) do update set members = excluded.members, courses = excluded.courses, storage_bytes = excluded.storage_bytes, last_active_at = excluded.last_active_at, counted_at = excluded.counted_at`.execute(tx);
}

async function keepDay(tx: ControlTx): Promise<void> {
  const now = tx.now.toISOString();
  await sql`insert into tenancy_control.usage_day (day, tenants, members, courses, storage_bytes, counted_at)
    select (${now}::timestamptz at time zone 'UTC')::date, count(*), coalesce(sum(used.members), 0), coalesce(sum(used.courses), 0), coalesce(sum(used.storage_bytes), 0), ${now}::timestamptz
    from tenancy_control.tenant left join tenancy_control.tenant_usage used on used.tenant_id = tenant.id where tenant.status in ('active', 'suspended')
    on conflict (day) do update set tenants = excluded.tenants, members = excluded.members, courses = excluded.courses, storage_bytes = excluded.storage_bytes, counted_at = excluded.counted_at`.execute(tx);
}

/** Asks for a count now; one that waits is enough. */
export const askForCount = (tx: ControlTx): Promise<void> => enqueue(tx, job, {}, { key: job.name });

export async function growth(tx: ControlTx, { days }: Input<typeof getGrowth>['query']): Promise<Output<typeof getGrowth>> {
  const today = tx.now.toISOString().slice(0, 10);
  const from = new Date(Date.parse(today) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const { rows } = await sql<Output<typeof getGrowth>['days'][number] & { countedAt: string }>`
    select day, tenants, members, courses, storage_bytes, counted_at from tenancy_control.usage_day
    where day >= coalesce((select max(day) from tenancy_control.usage_day where day < ${from}::date), ${from}::date) order by day`.execute(tx);
  return { days: everyDay(rows.map(({ countedAt: _, ...day }) => day), from, today), countedAt: rows.at(-1)?.countedAt ?? null };
}
