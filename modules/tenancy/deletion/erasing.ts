/** The steps of a deletion that is due, each a transaction that may be repeated; `flows/close-tenant` puts them in order. */
import { auditControl, sql, type ControlTx, type Tx } from '@milpa/kernel';
import { discardOf } from '@milpa/kernel/jobs';
import { moveStatus } from '../tenant/queries.ts';
import { erasureOrder, tenantTables, type ErasureGroup } from './rows.ts';

/** Rows in one transaction, so that none takes long. */
const portion = 5_000;

export const listDueDeletions = async (tx: ControlTx): Promise<string[]> =>
  (await tx.selectFrom('tenancyControl.deletion').select('tenantId').where('erasedAt', 'is', null).where('dueAt', '<=', tx.now.toISOString()).orderBy('dueAt').execute()).map(({ tenantId }) => tenantId);

/** From here on it cannot be called off. False: it was, or is not due by the database's clock. */
export async function beginErasing(tx: Tx): Promise<boolean> {
  const begun = await tx.updateTable('tenancy.deletion').set({ startedAt: sql`coalesce(started_at, now())` }).where('dueAt', '<=', sql<string>`now()`).returning('tenantId').executeTakeFirst();
  return begun !== undefined;
}

/** Shuts the doors for good. */
export async function shutTenant(tx: ControlTx, tenantId: string): Promise<void> {
  await moveStatus(tx, tenantId, ['provisioning', 'active', 'suspended'], 'closed', null);
  await tx.updateTable('tenancyControl.deletion').set({ startedAt: tx.now.toISOString() }).where('tenantId', '=', tenantId).where('startedAt', 'is', null).execute();
}

/** False when it was called off, or all rows are gone already. */
export const isPending = async (tx: Tx): Promise<boolean> => (await tx.selectFrom('tenancy.deletion').select('tenantId').executeTakeFirst()) !== undefined;

export const erasureGroups = async (tx: Tx): Promise<ErasureGroup[]> => erasureOrder(await tenantTables(tx));

/** Deletes a portion of the tenant's rows in these tables. @returns how many. */
export async function eraseSome(tx: Tx, { tables, whole }: ErasureGroup): Promise<number> {
  if (whole) await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
  const { rows: [answer] } = await sql<{ erased: string | number }>`select tenancy.erase(${tables}::text[]::regclass[], ${whole ? null : portion}::int) as erased`.execute(tx);
  return Number(answer?.erased ?? 0);
}

/** The last row of the tenant. */
export async function endErasing(tx: Tx): Promise<void> {
  await tx.deleteFrom('tenancy.deletion').execute();
}

/** What is left of the tenant in the control plane: its number, its address, which nobody else gets, its name, and when it went. */
export async function buryTenant(tx: ControlTx, tenantId: string): Promise<void> {
  await tx.deleteFrom('tenancyControl.domain').where('tenantId', '=', tenantId).execute();
  await tx.deleteFrom('tenancyControl.opening').where('tenantId', '=', tenantId).execute();
  await tx.deleteFrom('tenancyControl.tenantUsage').where('tenantId', '=', tenantId).execute();
  await discardOf(tx, { tenantId });
  await tx.updateTable('tenancyControl.tenant').set({ tagline: null, accent: null, logoFileId: null, allowedOrigins: [], statusReason: null, updatedAt: tx.now.toISOString(), version: sql<number>`version + 1` }).where('id', '=', tenantId).execute();
  const buried = await tx.updateTable('tenancyControl.deletion').set({ erasedAt: tx.now.toISOString() }).where('tenantId', '=', tenantId).where('erasedAt', 'is', null).returning('tenantId').executeTakeFirst();
  if (buried) await auditControl(tx, { action: 'tenancy.eraseTenant', accountId: null, subjectType: 'tenant', subjectId: tenantId });
}
