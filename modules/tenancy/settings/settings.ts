/**
 * A tenant's own settings. Its record lives in the control plane, so a change is a transaction there, inside the tenant's transaction
 * that audits it: should that one fail afterwards, the change stands without its entry, and whoever repeats it is told the newer version.
 */
import { abilitiesOf, present, type Actor, type ControlTx, type Database, type Tenant } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { checkAccent } from '@milpa/ui/accent';
import type { Directory } from '../directory.ts';
import { get as getPlan } from '../plan/plan.ts';
import { changeRecord, requireRecord } from '../tenant/tenant.ts';
import type { TenantRecord } from '../tenant/queries.ts';
import { logoUrl } from './rules.ts';
import type { getUsage, Settings, updateSettings } from './contract.ts';

export interface TenantRecords { database: Database; directory: Pick<Directory, 'forget'> }

const view = (record: TenantRecord, actor: Actor): Settings => {
  const { id, slug, name, tagline, locale, timeZone, currency, signUp, accent, features, version, updatedAt } = record;
  return {
    id, slug, name, tagline, locale, timeZone, currency, signUp, accent, features, version, updatedAt,
    accentContrast: accent === null ? null : checkAccent(accent), logoUrl: logoUrl(record.logoFileId), abilities: abilitiesOf(actor, 'tenant', ['update'], null),
  };
};

export const read = async ({ database }: TenantRecords, tenant: Tenant, actor: Actor): Promise<Settings> =>
  view(await database.readControl((tx) => requireRecord(tx, tenant.id)), actor);

/** @throws Problem `kernel.version_conflict`. */
export async function update(records: TenantRecords, tenant: Tenant, actor: Actor, version: number, input: Input<typeof updateSettings>['body']): Promise<Settings> {
  return view(await inControl(records, async (tx) => changeRecord(tx, await requireRecord(tx, tenant.id), version, present(input))), actor);
}

/** What is offered to the tenant, and why its features are as they are. */
export async function offered({ database }: Pick<TenantRecords, 'database'>, tenant: Tenant): Promise<Omit<Output<typeof getUsage>, 'limits' | 'usage'>> {
  const { record, plan } = await database.readControl(async (tx) => {
    const found = await requireRecord(tx, tenant.id);
    return { record: found, plan: await getPlan(tx, found.plan) };
  });
  const { featureOverrides, limitOverrides, blueprintFeatures } = record;
  return {
    plan: { name: plan.name, contact: plan.contact }, agreed: Object.keys(limitOverrides),
    features: Object.entries(record.features).map(([key, on]) => ({
      key, on, by: key in featureOverrides ? 'agreed' as const : blueprintFeatures[key] === true && plan.features[key] === false ? 'plan' as const : 'kind' as const,
    })),
  };
}

/** Changes the tenant's record, and lets this process see it at once. */
export async function inControl<T>({ database, directory }: TenantRecords, work: (tx: ControlTx) => Promise<T>): Promise<T> {
  const result = await database.withControl(work);
  directory.forget();
  return result;
}
