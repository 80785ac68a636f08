import type { ControlTx } from '@milpa/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { TenantStatus } from '../tables.ts';

export const tenantColumns = [
  'id', 'slug', 'name', 'tagline', 'blueprint', 'status', 'dataPlane', 'locale', 'timeZone', 'currency', 'accent', 'logoFileId', 'signUp', 'features', 'limits', 'allowedOrigins', 'primaryHost', 'version',
] as const;
export const recordColumns = [...tenantColumns, 'plan', 'blueprintFeatures', 'limitOverrides', 'featureOverrides', 'statusReason', 'createdAt', 'updatedAt'] as const;

export type TenantRecord = NonNullable<Awaited<ReturnType<typeof findRecord>>>;

export const findTenant = (tx: ControlTx, id: string) => tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('id', '=', id).executeTakeFirst();

export const findRecord = (tx: ControlTx, id: string) => tx.selectFrom('tenancyControl.tenant').select(recordColumns).where('id', '=', id).executeTakeFirst();

export const findBySlug = (tx: ControlTx, slug: string) => tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('slug', '=', slug).executeTakeFirst();

/** Those that are known by one of these, be it their id or their address; what names no tenant is left out. */
export const findNames = (tx: ControlTx, known: readonly string[]) =>
  tx.selectFrom('tenancyControl.tenant').select(['id', 'slug', 'name']).where(sql<boolean>`id::text = any(${known}::text[]) or slug = any(${known}::text[])`).execute();

/** By a custom domain that has been verified. */
export const findByDomain = (tx: ControlTx, host: string) =>
  tx.selectFrom('tenancyControl.tenant as tenant').innerJoin('tenancyControl.domain as domain', 'domain.tenantId', 'tenant.id')
    .select(tenantColumns.map((column) => `tenant.${column}` as const)).where('domain.host', '=', host).where('domain.verifiedAt', 'is not', null).executeTakeFirst();

/** Tenants in these states by id, after that one. */
export const listOpen = (tx: ControlTx, states: readonly TenantStatus[], after: string, limit: number) =>
  tx.selectFrom('tenancyControl.tenant').select(tenantColumns).where('status', 'in', states).where('id', '>', after).orderBy('id').limit(limit).execute();

type Key = string | number;
const share = sql<Key>`coalesce(greatest(used.members / (tenant.limits->>'members')::float8, used.courses / (tenant.limits->>'courses')::float8, used.storage_bytes / (tenant.limits->>'storageBytes')::float8), -1)`;
export type Sorting = 'newest' | 'name' | 'members' | 'courses' | 'storage' | 'activity' | 'fullest';
/** What a list of tenants may be sorted by. What was not counted yet comes last. */
const sortings: Record<Sorting, { by: RawBuilder<Key>; kind: 'string' | 'number'; down: boolean }> = {
  newest: { by: sql<Key>`tenant.created_at`, kind: 'string', down: true },
  name: { by: sql<Key>`lower(tenant.name)`, kind: 'string', down: false },
  members: { by: sql<Key>`coalesce(used.members, -1)`, kind: 'number', down: true },
  courses: { by: sql<Key>`coalesce(used.courses, -1)`, kind: 'number', down: true },
  storage: { by: sql<Key>`coalesce(used.storage_bytes, -1)`, kind: 'number', down: true },
  activity: { by: sql<Key>`coalesce(used.last_active_at, 'epoch')`, kind: 'string', down: true },
  fullest: { by: share, kind: 'number', down: true },
};
export const cursorKind = (sort: Sorting) => sortings[sort].kind;

export interface TenantFilter { q?: string | undefined; status?: TenantStatus | undefined; plan?: string | undefined; blueprint?: string | undefined }

/** `q` is part of a name or slug; `after` is the last row of the page before. What is used is as it was counted last. */
export function listRecords(tx: ControlTx, filter: TenantFilter, sort: Sorting, limit: number, after: readonly [key: Key, id: string] | null) {
  const { by, down } = sortings[sort];
  const direction = down ? 'desc' : 'asc';
  let query = tx.selectFrom('tenancyControl.tenant as tenant').innerJoin('tenancyControl.plan as plan', 'plan.key', 'tenant.plan').leftJoin('tenancyControl.tenantUsage as used', 'used.tenantId', 'tenant.id')
    .select(['tenant.id', 'tenant.slug', 'tenant.name', 'tenant.blueprint', 'tenant.status', 'tenant.locale', 'tenant.createdAt', 'tenant.plan', 'plan.name as planName', 'tenant.limits',
      'used.members', 'used.courses', 'used.storageBytes', 'used.lastActiveAt', 'used.countedAt', by.as('sortKey')])
    .orderBy(by, direction).orderBy('tenant.id', direction).limit(limit);
  if (filter.status) query = query.where('tenant.status', '=', filter.status);
  if (filter.plan) query = query.where('tenant.plan', '=', filter.plan);
  if (filter.blueprint) query = query.where('tenant.blueprint', '=', filter.blueprint);
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((where) => where.or([where('tenant.name', 'ilike', pattern), where('tenant.slug', 'ilike', pattern)]));
  }
  if (after) query = query.where(sql<boolean>`(${by}, tenant.id) ${sql.raw(down ? '<' : '>')} (${after[0]}, ${after[1]})`);
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
