/**
 * A tenant's own settings. Its record lives in the control plane, so a change is a transaction there, inside the tenant's transaction
 * that audits it: should that one fail afterwards, the change stands without its entry, and whoever repeats it is told the newer version.
 */
import { can, decodeCursor, listAudit, present, toPage, type Actor, type ControlTx, type Database, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { checkAccent } from '@milpa/ui/accent';
import type { Directory } from '../directory.ts';
import { changeRecord, requireRecord } from '../tenant/tenant.ts';
import type { TenantRecord } from '../tenant/queries.ts';
import { logoUrl } from './rules.ts';
import type { listAuditEntries, Settings, updateSettings } from './contract.ts';

export interface TenantRecords { database: Database; directory: Pick<Directory, 'forget'> }

const view = (record: TenantRecord, actor: Actor): Settings => {
  const { id, slug, name, tagline, locale, timeZone, currency, signUp, accent, features, version, updatedAt } = record;
  return {
    id, slug, name, tagline, locale, timeZone, currency, signUp, accent, features, version, updatedAt,
    accentContrast: accent === null ? null : checkAccent(accent), logoUrl: logoUrl(record.logoFileId), abilities: { update: can(actor, 'tenant:update') },
  };
};

export const read = async ({ database }: TenantRecords, tenant: Tenant, actor: Actor): Promise<Settings> =>
  view(await database.readControl((tx) => requireRecord(tx, tenant.id)), actor);

/** @throws Problem `kernel.version_conflict`. */
export async function update(records: TenantRecords, tenant: Tenant, actor: Actor, version: number, input: Input<typeof updateSettings>['body']): Promise<Settings> {
  return view(await inControl(records, async (tx) => changeRecord(tx, await requireRecord(tx, tenant.id), version, present(input))), actor);
}

/** Changes the tenant's record, and lets this process see it at once. */
export async function inControl<T>({ database, directory }: TenantRecords, work: (tx: ControlTx) => Promise<T>): Promise<T> {
  const result = await database.withControl(work);
  directory.forget();
  return result;
}

/** Names of members by id; those that are gone are left out. */
export type MemberNames = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export async function auditEntries(tx: Tx, memberNames: MemberNames, { limit, cursor, ...filter }: Input<typeof listAuditEntries>['query']): Promise<Output<typeof listAuditEntries>> {
  const after = decodeCursor(cursor, ['string', 'string']);
  const { data, page } = toPage(await listAudit(tx, filter, limit + 1, after && { at: after[0], id: after[1] }), limit, (row) => [row.at, row.id]);
  const names = await memberNames(tx, [...new Set(data.flatMap((row) => row.memberId ?? []))]);
  return {
    data: data.map(({ id, at, actorKind, memberId, action, outcome, subjectType, subjectId, requestId }) =>
      ({ id, at, actorKind, memberId, memberName: (memberId && names.get(memberId)) ?? null, action, outcome, subjectType, subjectId, requestId })),
    page,
  };
}
