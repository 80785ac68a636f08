/** What an operator looks after beside tenants: the audit log of the installation, its state. */
import { decodeCursor, listControlAudit, mailVitals, toPage, type ControlTx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { queueVitals } from '@milpa/kernel/jobs';
import { countByStatus, findNames } from '../tenant/queries.ts';
import type { getInstallationOverview, listOperatorAudit } from './contract.ts';

/** Names of accounts by id; those that are gone are left out. */
export type AccountNames = (tx: ControlTx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export async function auditEntries(tx: ControlTx, accountNames: AccountNames, { limit, cursor, ...filter }: Input<typeof listOperatorAudit>['query']): Promise<Output<typeof listOperatorAudit>> {
  const after = decodeCursor(cursor, ['string', 'string']);
  const { data, page } = toPage(await listControlAudit(tx, filter, limit + 1, after && { at: after[0], id: after[1] }), limit, (row) => [row.at, row.id]);
  const names = await accountNames(tx, [...new Set(data.flatMap((row) => row.accountId ?? []))]);
  const tenants = await findNames(tx, [...new Set(data.flatMap((row) => row.subjectId ?? []))]);
  // The log knows a demo organisation by its address.
  const tenantOf = (subject: string | null) => tenants.find(({ id, slug }) => id === subject || slug === subject);
  return { data: data.map((row) => ({ ...row, accountName: (row.accountId && names.get(row.accountId)) ?? null, tenant: named(tenantOf(row.subjectId)) })), page };
}

const named = (tenant: { id: string; name: string } | undefined) => (tenant ? { id: tenant.id, name: tenant.name } : null);

export async function overview(tx: ControlTx): Promise<Output<typeof getInstallationOverview>> {
  const [tenants, queue, mail] = await Promise.all([countByStatus(tx), queueVitals(tx), mailVitals(tx, tx.now)]);
  return { tenants, parkedJobs: queue.parked, mailWaiting: mail.waiting };
}
