import { abilities, endpoint, id, locale, operators, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { features, limits, planName, usage } from '../tenant/contract.ts';

const key = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/).min(2).max(40);
/** In one language at least; readers of another see one of those that are there. */
const name = z.strictObject({ en: text(60), 'es-MX': text(60), ar: text(60) }).partial()
  .refine((names) => locale.options.some((language) => names[language] !== undefined), { params: { code: 'required' } });
/** An e-mail address, or that of a page. */
const contact = z.union([z.email().max(254), z.url({ protocol: /^https$/ }).max(300)]);

export const plan = z.object({
  key: z.string(), name: planName, limits,
  /** What is not named is included. */
  features: z.record(z.string(), z.boolean()),
  /** Whom its organisations ask for more. */
  contact: z.string().nullable(),
  /** Blueprints whose new organisations start on it. */
  defaultFor: z.array(z.string()),
  /** How many organisations are on it, the closed ones left out. */
  tenants: z.int(),
  retiredAt: timestamp.nullable(), version: z.int(), updatedAt: timestamp,
  abilities: abilities('retire', 'offer'),
}).meta({ id: 'Plan' });
export type Plan = z.infer<typeof plan>;

const access = operators('those who run the installation say what it offers');
const onPlan = z.object({ planKey: z.string().max(40) });
/** They start on this plan from now on; those that are not named stay where they are. */
const defaultFor = z.array(z.string().max(60)).max(50);

export const listPlans = endpoint({
  id: 'tenancy.listPlans', method: 'GET', path: '/operator/plans', plane: 'control', summary: 'All plans, those on offer first', access, response: z.object({ data: z.array(plan) }),
});
export const getPlan = endpoint({
  id: 'tenancy.getPlan', method: 'GET', path: '/operator/plans/{planKey}', plane: 'control', summary: 'One plan', access, params: onPlan, response: plan, errors: ['tenancy.plan_not_found'],
});
export const createPlan = endpoint({
  id: 'tenancy.createPlan', method: 'POST', path: '/operator/plans', plane: 'control', summary: 'Offer another plan', access, status: 201,
  body: z.strictObject({ key, name, limits, features: features.optional(), contact: contact.nullable().optional(), defaultFor: defaultFor.optional() }),
  response: plan, errors: ['tenancy.plan_taken', 'tenancy.unknown_blueprint'],
});
export const updatePlan = endpoint({
  id: 'tenancy.updatePlan', method: 'PATCH', path: '/operator/plans/{planKey}', plane: 'control', summary: 'Change a plan, for all organisations on it at once; nobody loses what is there', access, fresh: true, ifMatch: true,
  params: onPlan, body: z.strictObject({ name, limits: limits.partial(), features, contact: contact.nullable(), defaultFor }).partial(),
  response: plan, errors: ['tenancy.plan_not_found', 'tenancy.plan_retired', 'tenancy.unknown_blueprint', 'kernel.version_conflict'],
});
export const retirePlan = endpoint({
  id: 'tenancy.retirePlan', method: 'POST', path: '/operator/plans/{planKey}/retire', plane: 'control', summary: 'Offer a plan no more; who is on it stays', access,
  params: onPlan, response: plan, errors: ['tenancy.plan_not_found', 'tenancy.plan_is_default'],
});
export const offerPlan = endpoint({
  id: 'tenancy.offerPlan', method: 'POST', path: '/operator/plans/{planKey}/offer', plane: 'control', summary: 'Offer a retired plan again', access,
  params: onPlan, response: plan, errors: ['tenancy.plan_not_found'],
});

const count = z.coerce.number().int().positive();
export const listPlanOverruns = endpoint({
  id: 'tenancy.listPlanOverruns', method: 'GET', path: '/operator/plans/{planKey}/overruns', plane: 'control', access, params: onPlan,
  summary: 'Which organisations on the plan use more than these limits would allow, as they were counted last; at most 50',
  query: z.object({ courses: count, members: count, storageBytes: count }),
  response: z.object({
    total: z.int(),
    data: z.array(z.object({
      id, name: z.string(), over: z.array(z.enum(['members', 'courses', 'storageBytes'])), usage,
      /** What would be in force, with its overrides. */
      limits, countedAt: timestamp,
    })),
  }),
  errors: ['tenancy.plan_not_found'],
});
