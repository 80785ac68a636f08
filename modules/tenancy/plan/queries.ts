import type { ControlTx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['key', 'name', 'limits', 'features', 'contact', 'retiredAt', 'version', 'updatedAt'] as const;
export type PlanRow = NonNullable<Awaited<ReturnType<typeof findPlan>>>;

const plans = (tx: ControlTx) => tx.selectFrom('tenancyControl.plan as plan').select((is) => [
  ...columns.map((column) => `plan.${column}` as const),
  is.selectFrom('tenancyControl.tenant').whereRef('tenancyControl.tenant.plan', '=', 'plan.key').where('status', '<>', 'closed').select((of) => of.fn.countAll<number>().as('count')).$asScalar().$notNull().as('tenants'),
  sql<string[]>`array(select blueprint from tenancy_control.default_plan where plan = plan.key order by blueprint)`.as('defaultFor'),
]);

export const findPlan = (tx: ControlTx, key: string) => plans(tx).where('plan.key', '=', key).executeTakeFirst();

/** Those on offer first. */
export const listRows = (tx: ControlTx) => plans(tx).orderBy(sql`plan.retired_at is not null`).orderBy('plan.createdAt').orderBy('plan.key').execute();

export const offeredKeys = async (tx: ControlTx): Promise<string[]> =>
  (await tx.selectFrom('tenancyControl.plan').select('key').where('retiredAt', 'is', null).orderBy('key').execute()).map(({ key }) => key);

/**
 * Keeps the plan as it is until the end of the transaction: for whoever puts a tenant on it or agrees on something else with one, and, `alone`, for
 * whoever changes it. Always before the tenant is touched: a plan that changes goes on to its tenants. Undefined: there is none.
 */
export const lockPlan = (tx: ControlTx, key: string, alone = false) => {
  const query = tx.selectFrom('tenancyControl.plan').select(['key', 'limits', 'features', 'retiredAt', 'version']).where('key', '=', key);
  return (alone ? query.forUpdate() : query.forShare()).executeTakeFirst();
};

export const defaultPlan = async (tx: ControlTx, blueprint: string): Promise<string | undefined> =>
  (await tx.selectFrom('tenancyControl.defaultPlan').select('plan').where('blueprint', '=', blueprint).executeTakeFirst())?.plan;

/** New tenants of these blueprints start on the plan from now on. */
export async function setDefaults(tx: ControlTx, plan: string, blueprints: readonly string[]): Promise<void> {
  if (blueprints.length === 0) return;
  await tx.insertInto('tenancyControl.defaultPlan').values(blueprints.map((blueprint) => ({ blueprint, plan })))
    .onConflict((conflict) => conflict.column('blueprint').doUpdateSet({ plan })).execute();
}

/** The open tenants on a plan, with what they used when they were counted last and what is agreed with each. */
export const countedTenants = (tx: ControlTx, plan: string) =>
  tx.selectFrom('tenancyControl.tenant as tenant').innerJoin('tenancyControl.tenantUsage as used', 'used.tenantId', 'tenant.id')
    .select(['tenant.id', 'tenant.name', 'tenant.limits', 'tenant.limitOverrides', 'used.members', 'used.courses', 'used.storageBytes', 'used.countedAt'])
    .where('tenant.plan', '=', plan).where('tenant.status', '<>', 'closed').orderBy('tenant.name').orderBy('tenant.id').execute();
