import type { ControlTx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { TenantStatus } from '../tables.ts';

export const tenantColumns = [
  'id', 'slug', 'name', 'tagline', 'blueprint', 'status', 'dataPlane', 'locale', 'timeZone', 'currency', 'accent', 'logoFileId', 'signUp', 'features', 'limits', 'allowedOrigins', 'version',
] as const;
export const recordColumns = [...tenantColumns, 'statusReason', 'createdAt', 'updatedAt'] as const;

export type TenantRecord = NonNullable<Awaited<ReturnType<typeof findRecord>>>;

export const findTenant = (tx: ControlTx, id: string) => tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('id', '=', id).executeTakeFirst();

export const findRecord = (tx: ControlTx, id: string) => tx.selectFrom('tenancyControl.tenant').select(recordColumns).where('id', '=', id).executeTakeFirst();

export const findBySlug = (tx: ControlTx, slug: string) => tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('slug', '=', slug).executeTakeFirst();

/** By a custom domain that has been verified. */
export const findByDomain = (tx: ControlTx, host: string) =>
  tx.selectFrom('tenancyControl.tenant as tenant').innerJoin('tenancyControl.domain as domain', 'domain.tenantId', 'tenant.id')
    .select(tenantColumns.map((column) => `tenant.${column}` as const)).where('domain.host', '=', host).where('domain.verifiedAt', 'is not', null).executeTakeFirst();

/** Tenants in these states by id, after that one. */
export const listOpen = (tx: ControlTx, states: readonly TenantStatus[], after: string, limit: number) =>
  tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('status', 'in', states).where('id', '>', after).orderBy('id').limit(limit).execute();

/** Newest first; `q` is part of a name or slug. */
export function listRecords(tx: ControlTx, filter: { q?: string | undefined; status?: TenantStatus | undefined }, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('tenancyControl.tenant').select(['id', 'slug', 'name', 'blueprint', 'status', 'locale', 'createdAt'])
    .orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((where) => where.or([where('name', 'ilike', pattern), where('slug', 'ilike', pattern)]));
  }
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

export async function countByStatus(tx: ControlTx): Promise<Record<TenantStatus, number>> {
  const rows = await tx.selectFrom('tenancyControl.tenant').select((is) => ['status', is.fn.countAll<number>().as('count')]).groupBy('status').execute();
  return { provisioning: 0, active: 0, suspended: 0, closed: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.count])) };
}

/** Moves a tenant from one of the states to another; undefined when it was in none of them. */
export const moveStatus = (tx: ControlTx, id: string, from: readonly TenantStatus[], to: TenantStatus, reason: string | null) =>
  tx.updateTable('tenancyControl.tenant').set({ status: to, statusReason: reason, updatedAt: tx.now.toISOString(), version: sql<number>`version + 1` })
    .where('id', '=', id).where('status', 'in', from).returning(recordColumns).executeTakeFirst();
