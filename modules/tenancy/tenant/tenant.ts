/** The operator's work on tenants, in the control plane. */
import { decodeCursor, present, Problem, problems as kernelProblems, toPage, type ControlTx } from '@milpa/kernel';
import type { Input, Locale, Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import type { Blueprints } from '../blueprint.ts';
import { get as getPlan, requireKnownFeatures, requireOffered } from '../plan/plan.ts';
import { lockPlan } from '../plan/queries.ts';
import { merged } from '../plan/rules.ts';
import { problems } from '../problems.ts';
import type { closeTenant, getTenant, listBlueprints, listTenants, OperatorTenant, updateTenant } from './contract.ts';
import { cursorKind, findRecord, listRecords, moveStatus, recordColumns, type TenantRecord } from './queries.ts';
import { dropOpening, requireBlueprint, requireFreeName } from './reserve.ts';
import { operatorAbilities, statusChanges, type StatusChange } from './rules.ts';

export const operatorView = ({ blueprintFeatures: _, ...record }: TenantRecord): OperatorTenant => ({ ...record, abilities: operatorAbilities(record.status) });

/** The plan of a tenant, and what would be in force if nothing were agreed beside it. */
export async function planOf(tx: ControlTx, { plan, blueprintFeatures }: TenantRecord): Promise<Output<typeof getTenant>['onPlan']> {
  const { key, name, limits, features } = await getPlan(tx, plan);
  return { key, name, limits, features: Object.fromEntries(Object.entries(blueprintFeatures).map(([feature, on]) => [feature, on && features[feature] !== false])) };
}

/** @throws Problem `tenancy.tenant_not_found`. */
export async function requireRecord(tx: ControlTx, id: string): Promise<TenantRecord> {
  const record = await findRecord(tx, id);
  if (!record) throw new Problem(problems.tenant_not_found);
  return record;
}

export async function list(tx: ControlTx, { limit, cursor, sort, ...filter }: Input<typeof listTenants>['query']): Promise<Output<typeof listTenants>> {
  const rows = await listRecords(tx, filter, sort, limit + 1, decodeCursor(cursor, [cursorKind(sort), 'string']));
  const { data, page } = toPage(rows, limit, (row) => [row.sortKey, row.id]);
  return { page, data: data.map(({ sortKey: _, members, courses, storageBytes, lastActiveAt, countedAt, planName, ...row }) =>
    ({ ...row, planName, usage: countedAt === null ? null : { members: members!, courses: courses!, storageBytes: storageBytes!, lastActiveAt, countedAt } })) };
}

export type Changes = Partial<Pick<TenantRecord, 'name' | 'slug' | 'tagline' | 'accent' | 'locale' | 'timeZone' | 'currency' | 'signUp' | 'plan' | 'limitOverrides' | 'featureOverrides' | 'allowedOrigins' | 'logoFileId'>>;

/** Changes a tenant that isn't closed, if it is still as it was read. @throws Problem `kernel.version_conflict`, `tenancy.status_conflict`, `tenancy.slug_taken`. */
export async function changeRecord(tx: ControlTx, before: TenantRecord, version: number, changes: Changes): Promise<TenantRecord> {
  if (before.status === 'closed') throw new Problem(problems.status_conflict);
  const after = await tx.updateTable('tenancyControl.tenant').set({ ...changes, updatedAt: tx.now.toISOString(), version: sql<number>`version + 1` })
    .where('id', '=', before.id).where('version', '=', version).returning(recordColumns).executeTakeFirst()
    .catch((error: unknown) => { throw isUniqueViolation(error) ? new Problem(problems.slug_taken) : error; });
  if (!after) throw new Problem(kernelProblems.version_conflict);
  return after;
}
const isUniqueViolation = (error: unknown) => (error as { code?: string }).code === '23505';

/** Overrides that are not named stay as they are. @throws Problem as `changeRecord`, `tenancy.slug_reserved`, `tenancy.unknown_plan`, `kernel.validation_failed` for a feature that its blueprint doesn't know. */
export async function update(tx: ControlTx, blueprints: Blueprints, id: string, version: number, { features, limits, ...fields }: Input<typeof updateTenant>['body']): Promise<OperatorTenant> {
  const before = await requireRecord(tx, id);
  if (features) requireKnownFeatures(Object.keys({ ...requireBlueprint(blueprints, before.blueprint).features, ...before.features }), features);
  if (fields.plan !== undefined && fields.plan !== before.plan) await requireOffered(tx, fields.plan);
  else if (features || limits) await lockPlan(tx, before.plan);
  if (fields.slug !== undefined && fields.slug !== before.slug) requireFreeName(fields.slug);
  return operatorView(await changeRecord(tx, before, version, present({
    ...fields,
    featureOverrides: features && merged<boolean>(before.featureOverrides, features),
    limitOverrides: limits && merged<number>(before.limitOverrides, limits),
  })));
}

/** @throws Problem `tenancy.status_conflict` when the tenant isn't in a state from which the change leads. */
export async function changeStatus(tx: ControlTx, id: string, change: StatusChange, reason: string | null = null): Promise<OperatorTenant> {
  const { from, to } = statusChanges[change];
  await requireRecord(tx, id);
  const record = await moveStatus(tx, id, from, to, reason);
  if (!record) throw new Problem(problems.status_conflict);
  if (to === 'closed') await dropOpening(tx, id);
  return operatorView(record);
}

/** Closes for good. The slug stays taken and all data is kept. @throws Problem `tenancy.slug_mismatch` when the slug typed is another's. */
export async function close(tx: ControlTx, id: string, { slug }: Input<typeof closeTenant>['body']): Promise<OperatorTenant> {
  if ((await requireRecord(tx, id)).slug !== slug) throw new Problem(problems.slug_mismatch, { fields: [{ path: 'body.slug', code: 'invalid' }] });
  return changeStatus(tx, id, 'close');
}

/** The blueprints in the reader's language. */
export const blueprintSummaries = ({ blueprintKeys, loadBlueprint }: Blueprints, locale: Locale): Output<typeof listBlueprints> => ({
  data: blueprintKeys.map(loadBlueprint).map(({ key, name, description, locale: own, currency, timeZone, colors, features }) =>
    ({ key, name: name[locale], description: description[locale], locale: own, currency, timeZone, accent: colors.accent, features: Object.keys(features) })),
});
