/** What an operator looks after beside tenants: jobs that were given up, the audit log of the installation, its state. */
import { countWaitingMail, decodeCursor, listControlAudit, Problem, toPage, type ControlTx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { discardParked, listParked, retryParked } from '@milpa/kernel/jobs';
import { problems } from '../problems.ts';
import { countByStatus } from '../tenant/queries.ts';
import type { getInstallationOverview, listOperatorAudit, listParkedJobs } from './contract.ts';

export const parkedJobs = async (tx: ControlTx): Promise<Output<typeof listParkedJobs>> =>
  ({ data: (await listParked(tx)).map(({ payload, ...job }) => ({ ...job, payload: JSON.stringify(payload) })) });

/** @throws Problem `tenancy.job_not_parked`. */
export async function retry(tx: ControlTx, jobId: string): Promise<void> {
  if ((await retryParked(tx, jobId)).length === 0) throw new Problem(problems.job_not_parked);
}

/** @throws Problem `tenancy.job_not_parked`. */
export async function discard(tx: ControlTx, jobId: string): Promise<void> {
  if ((await discardParked(tx, jobId)).length === 0) throw new Problem(problems.job_not_parked);
}

/** Names of accounts by id; those that are gone are left out. */
export type AccountNames = (tx: ControlTx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export async function auditEntries(tx: ControlTx, accountNames: AccountNames, { limit, cursor, ...filter }: Input<typeof listOperatorAudit>['query']): Promise<Output<typeof listOperatorAudit>> {
  const after = decodeCursor(cursor, ['string', 'string']);
  const { data, page } = toPage(await listControlAudit(tx, filter, limit + 1, after && { at: after[0], id: after[1] }), limit, (row) => [row.at, row.id]);
  const names = await accountNames(tx, [...new Set(data.flatMap((row) => row.accountId ?? []))]);
  return { data: data.map((row) => ({ ...row, accountName: (row.accountId && names.get(row.accountId)) ?? null })), page };
}

export async function overview(tx: ControlTx): Promise<Output<typeof getInstallationOverview>> {
  const [tenants, parked, mailWaiting] = await Promise.all([countByStatus(tx), listParked(tx), countWaitingMail(tx)]);
  return { tenants, parkedJobs: parked.length, mailWaiting };
}
