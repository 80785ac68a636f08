/** The first and the last step of opening a tenant, both in the control plane; what lies between is a flow (`flows/open-tenant`). */
import { sql } from 'kysely';
import { Problem, problems as kernelProblems, type ControlTx } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';
import type { Blueprint, Blueprints } from '../blueprint.ts';
import { requireOffered, startingPlan } from '../plan/plan.ts';
import { lockPlan } from '../plan/queries.ts';
import { problems } from '../problems.ts';
import { slug as slugSchema } from './contract.ts';
import { findRecord, moveStatus, recordColumns, type TenantRecord } from './queries.ts';
import { isReservedSlug } from './rules.ts';

/** What the blueprint doesn't say, or says otherwise. */
export interface TenantInput {
  slug: string;
  name: string;
  blueprint: string;
  /** Key of a plan on offer; the one on which tenants of this blueprint start, when absent. */
  plan?: string | undefined;
  tagline?: string | null | undefined;
  locale?: Locale | undefined;
  timeZone?: string | undefined;
  currency?: string | undefined;
  accent?: string | undefined;
  /** Who is invited to administer it; nobody when absent. */
  firstAdminEmail?: string | null | undefined;
}

/** @throws Problem `tenancy.unknown_blueprint`. */
export function requireBlueprint(blueprints: Blueprints, key: string): Blueprint {
  if (!blueprints.blueprintKeys.includes(key)) throw new Problem(problems.unknown_blueprint, { params: { known: blueprints.blueprintKeys.join(', ') } });
  return blueprints.loadBlueprint(key);
}

/** Takes the address and notes what is to be done; nobody can enter yet. @throws Problem `tenancy.slug_reserved`, `tenancy.slug_taken`, `tenancy.unknown_plan`. */
export async function reserveTenant(tx: ControlTx, blueprint: Blueprint, input: TenantInput): Promise<TenantRecord> {
  requireFreeName(input.slug);
  const plan = input.plan ?? await startingPlan(tx, blueprint);
  await requireOffered(tx, plan);
  const record = await tx.insertInto('tenancyControl.tenant').values({
    slug: input.slug, name: input.name, tagline: input.tagline ?? null, blueprint: blueprint.key,
    locale: input.locale ?? blueprint.locale, timeZone: input.timeZone ?? blueprint.timeZone, currency: input.currency ?? blueprint.currency,
    accent: input.accent ?? blueprint.colors.accent, signUp: blueprint.signUp,
    plan, blueprintFeatures: blueprint.features,
    createdAt: tx.now.toISOString(), updatedAt: tx.now.toISOString(),
  }).onConflict((conflict) => conflict.column('slug').doNothing()).returning(recordColumns).executeTakeFirst();
  if (!record) throw new Problem(problems.slug_taken);
  await tx.insertInto('tenancyControl.opening').values({ tenantId: record.id, firstAdminEmail: input.firstAdminEmail?.toLowerCase() ?? null }).execute();
  return record;
}

/** Also for callers that come past the endpoint's schema. @throws Problem `kernel.validation_failed`, `tenancy.slug_reserved`. */
export function requireFreeName(slug: string): void {
  if (!slugSchema.safeParse(slug).success) throw new Problem(kernelProblems.validation_failed, { fields: [{ path: 'body.slug', code: 'invalid' }] });
  if (isReservedSlug(slug)) throw new Problem(problems.slug_reserved);
}

/** A tenant that is being opened, and whom to invite as its first administrator; null when there is nothing left to do. */
export async function findOpening(tx: ControlTx, tenantId: string): Promise<{ tenant: TenantRecord; firstAdminEmail: string | null } | null> {
  const row = await tx.selectFrom('tenancyControl.opening as opening').innerJoin('tenancyControl.tenant as tenant', 'tenant.id', 'opening.tenantId')
    .select([...recordColumns.map((column) => `tenant.${column}` as const), 'opening.firstAdminEmail'])
    .where('opening.tenantId', '=', tenantId).where('tenant.status', '=', 'provisioning').executeTakeFirst();
  if (!row) return null;
  const { firstAdminEmail, ...tenant } = row;
  return { tenant, firstAdminEmail };
}

/** Opens the doors of a tenant that is being opened still; one that was opened or closed meanwhile stays as it is. */
export async function activateTenant(tx: ControlTx, tenantId: string): Promise<void> {
  await moveStatus(tx, tenantId, ['provisioning'], 'active', null);
  await dropOpening(tx, tenantId);
}

/** Nothing is left to do, or nothing shall be done any more. */
export const dropOpening = (tx: ControlTx, tenantId: string) => tx.deleteFrom('tenancyControl.opening').where('tenantId', '=', tenantId).execute();

/** Gives an open tenant the features, and its plan the limits, that its blueprint has learned since, at the blueprint's value; what is there stays as it is. */
export async function addDefaults(tx: ControlTx, tenantId: string, { features, limits }: Pick<Blueprint, 'features' | 'limits'>): Promise<void> {
  const json = (value: object) => sql<never>`${JSON.stringify(value)}::jsonb`;
  const plan = (await findRecord(tx, tenantId))?.plan;
  if (plan === undefined) return;
  await lockPlan(tx, plan, true);
  await tx.updateTable('tenancyControl.plan').set({ limits: sql`${json(limits)} || limits`, updatedAt: tx.now.toISOString() })
    .where('key', '=', plan).where(sql<boolean>`not limits ?& ${Object.keys(limits)}`).execute();
  await tx.updateTable('tenancyControl.tenant').set({ blueprintFeatures: sql`${json(features)} || blueprint_features`, updatedAt: tx.now.toISOString() })
    .where('id', '=', tenantId).where(sql<boolean>`not blueprint_features ?& ${Object.keys(features)}`).execute();
}
