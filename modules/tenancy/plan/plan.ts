/** What the installation offers. What is in force for a tenant follows in the database, with the same commit (`tenancy_control.settle`). */
import { present, Problem, problems as kernelProblems, type ControlTx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import type { Blueprint, Blueprints } from '../blueprint.ts';
import { problems } from '../problems.ts';
import type { createPlan, listPlanOverruns, listPlans, Plan, updatePlan } from './contract.ts';
import { countedTenants, defaultPlan, findPlan, listRows, lockPlan, offeredKeys, setDefaults, type PlanRow } from './queries.ts';
import { overLimits } from './rules.ts';

const view = (row: PlanRow): Plan => ({ ...row, abilities: { retire: row.retiredAt === null, offer: row.retiredAt !== null } });

export const list = async (tx: ControlTx): Promise<Output<typeof listPlans>> => ({ data: (await listRows(tx)).map(view) });

/** @throws Problem `tenancy.plan_not_found`. */
export async function get(tx: ControlTx, key: string): Promise<Plan> {
  const row = await findPlan(tx, key);
  if (!row) throw new Problem(problems.plan_not_found);
  return view(row);
}

/** @throws Problem `tenancy.plan_taken`, `tenancy.unknown_blueprint`, `kernel.validation_failed` for a feature that no blueprint knows. */
export async function create(tx: ControlTx, blueprints: Blueprints, { key, name, limits, features = {}, contact = null, defaultFor = [] }: Input<typeof createPlan>['body']): Promise<Plan> {
  requireKnown(blueprints, features, defaultFor);
  const made = await tx.insertInto('tenancyControl.plan').values({ key, name, limits, features, contact, createdAt: tx.now.toISOString(), updatedAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.column('key').doNothing()).returning('key').executeTakeFirst();
  if (!made) throw new Problem(problems.plan_taken);
  await setDefaults(tx, key, defaultFor);
  return get(tx, key);
}

/** Features and limits that are not named stay as they are. @throws Problem `tenancy.plan_not_found`, `tenancy.plan_retired`, `kernel.version_conflict`, and as `create`. */
export async function update(tx: ControlTx, blueprints: Blueprints, key: string, version: number, { limits, features, defaultFor = [], ...fields }: Input<typeof updatePlan>['body']): Promise<Plan> {
  requireKnown(blueprints, features ?? {}, defaultFor);
  const before = await requirePlan(tx, key);
  if (before.version !== version) throw new Problem(kernelProblems.version_conflict);
  if (before.retiredAt !== null && defaultFor.length > 0) throw new Problem(problems.plan_retired);
  await tx.updateTable('tenancyControl.plan').set({
    ...present(fields), limits: { ...before.limits, ...present(limits ?? {}) }, features: { ...before.features, ...features },
    version: sql<number>`version + 1`, updatedAt: tx.now.toISOString(),
  }).where('key', '=', key).execute();
  await setDefaults(tx, key, defaultFor);
  return get(tx, key);
}

async function requirePlan(tx: ControlTx, key: string) {
  const plan = await lockPlan(tx, key, true);
  if (!plan) throw new Problem(problems.plan_not_found);
  return plan;
}

function requireKnown({ blueprintKeys, loadBlueprint }: Blueprints, features: Record<string, boolean>, defaultFor: readonly string[]): void {
  if (defaultFor.some((blueprint) => !blueprintKeys.includes(blueprint))) throw new Problem(problems.unknown_blueprint, { params: { known: blueprintKeys.join(', ') } });
  requireKnownFeatures(blueprintKeys.flatMap((blueprint) => Object.keys(loadBlueprint(blueprint).features)), features);
}

/** @throws Problem `kernel.validation_failed`. */
export function requireKnownFeatures(known: readonly string[], features: object): void {
  const unknown = Object.keys(features).filter((feature) => !known.includes(feature));
  if (unknown.length > 0) throw new Problem(kernelProblems.validation_failed, { fields: unknown.map((feature) => ({ path: `body.features.${feature}`, code: 'unknown' })) });
}

/** @throws Problem `tenancy.plan_not_found`, `tenancy.plan_is_default` while new tenants start on it. Retired already, it stays so. */
export async function retire(tx: ControlTx, key: string): Promise<Plan> {
  await requirePlan(tx, key);
  const { defaultFor } = await get(tx, key);
  if (defaultFor.length > 0) throw new Problem(problems.plan_is_default);
  return setRetired(tx, key, tx.now.toISOString());
}

/** @throws Problem `tenancy.plan_not_found`. */
export async function offer(tx: ControlTx, key: string): Promise<Plan> {
  await requirePlan(tx, key);
  return setRetired(tx, key, null);
}

async function setRetired(tx: ControlTx, key: string, at: string | null): Promise<Plan> {
  await tx.updateTable('tenancyControl.plan').set({ retiredAt: at, version: sql<number>`version + 1`, updatedAt: tx.now.toISOString() })
    .where('key', '=', key).where('retiredAt', at === null ? 'is not' : 'is', null).execute();
  return get(tx, key);
}

const mostShown = 50;

/** Who would be over these limits. Nobody loses anything by that; they only get no more. @throws Problem `tenancy.plan_not_found`. */
export async function overruns(tx: ControlTx, key: string, counted: Input<typeof listPlanOverruns>['query']): Promise<Output<typeof listPlanOverruns>> {
  await get(tx, key);
  const over = (await countedTenants(tx, key)).flatMap(({ id, name, limits: before, limitOverrides, countedAt, ...usage }) => {
    const limits = { ...before, ...counted, ...limitOverrides };
    const reached = overLimits(limits, usage);
    return reached.length > 0 ? [{ id, name, over: reached, usage, limits, countedAt }] : [];
  });
  return { total: over.length, data: over.slice(0, mostShown) };
}

/** The plan, for putting a tenant on it; it stays on offer until the end of the transaction. @throws Problem `tenancy.unknown_plan`. */
export async function requireOffered(tx: ControlTx, key: string): Promise<void> {
  const plan = await lockPlan(tx, key);
  if (!plan || plan.retiredAt !== null) throw new Problem(problems.unknown_plan, { params: { known: (await offeredKeys(tx)).join(', ') } });
}

/** On which plan a new tenant of the blueprint starts. Until somebody says otherwise, on one of the blueprint's own name with the limits that it brings. */
export async function startingPlan(tx: ControlTx, { key, name, limits }: Pick<Blueprint, 'key' | 'name' | 'limits'>): Promise<string> {
  const chosen = await defaultPlan(tx, key);
  if (chosen !== undefined) return chosen;
  await tx.insertInto('tenancyControl.plan').values({ key, name, limits, createdAt: tx.now.toISOString(), updatedAt: tx.now.toISOString() }).onConflict((conflict) => conflict.doNothing()).execute();
  await tx.insertInto('tenancyControl.defaultPlan').values({ blueprint: key, plan: key }).onConflict((conflict) => conflict.doNothing()).execute();
  return (await defaultPlan(tx, key))!;
}

/** Every blueprint has its plan before the first tenant comes: the operator finds them all. */
export async function addStartingPlans(tx: ControlTx, { blueprintKeys, loadBlueprint }: Blueprints): Promise<void> {
  for (const key of blueprintKeys) await startingPlan(tx, loadBlueprint(key));
}
