import { abilities, endpoint, id, locale, operators, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const tenantStatus = z.enum(['provisioning', 'active', 'suspended', 'closed']);
export const signUp = z.enum(['open', 'invitation']);
/** The part of the address that is the tenant's own: lower-case letters, digits and inner hyphens. */
export const slug = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/).min(2).max(63);
const notAnOption = { params: { code: 'not_an_option' } };
/** IANA name, such as `America/Mexico_City`; older names of a zone count as well. */
export const timeZone = z.string().max(64).regex(/^[A-Za-z]/).refine(isTimeZone, notAnOption);
/** ISO 4217 code. */
export const currency = z.string().regex(/^[A-Z]{3}$/).refine((code) => Intl.supportedValuesOf('currency').includes(code), notAnOption);
/** `#rrggbb`. Screens derive legible shades from it, so any colour will do. */
export const accent = z.string().toLowerCase().regex(/^#[0-9a-f]{6}$/);
export const tagline = text(200);
export const features = z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/), z.boolean());
const most = 2_147_483_647;
export const limits = z.object({
  courses: z.int().positive().max(most), members: z.int().positive().max(most),
  storageBytes: z.int().positive(), apiPerMinute: z.int().positive().max(most),
}).meta({ id: 'TenantLimits' });
/** How much of the limits is taken. */
export const usage = z.object({ courses: z.int(), members: z.int(), storageBytes: z.int() }).meta({ id: 'TenantUsage' });
export type Usage = z.infer<typeof usage>;
/** Scheme, host and port, without anything behind them; plain HTTP only on this machine. */
const origin = z.string().max(300).refine(isOrigin);

/** By language; readers of another see one of those that are there. */
export const planName = z.object({ en: z.string(), 'es-MX': z.string(), ar: z.string() }).partial();

const summary = z.object({
  id, slug: z.string(), name: z.string(), blueprint: z.string(), status: tenantStatus, locale, createdAt: timestamp,
  /** Key of the plan that it is on. */
  plan: z.string(), limits,
});
export const operatorTenantSummary = summary.extend({
  planName,
  /** As it was counted last; null when it was not yet. */
  usage: usage.extend({ lastActiveAt: timestamp.nullable(), countedAt: timestamp }).nullable(),
}).meta({ id: 'OperatorTenantSummary' });
export type OperatorTenantSummary = z.infer<typeof operatorTenantSummary>;

export const operatorTenant = summary.extend({
  tagline: z.string().nullable(), statusReason: z.string().nullable(), dataPlane: z.string(), timeZone: z.string(), currency: z.string(), accent: z.string().nullable(),
  signUp, features: z.record(z.string(), z.boolean()), allowedOrigins: z.array(z.string()), version: z.int(), updatedAt: timestamp,
  /** What is agreed with it beside its plan, and goes before that. */
  limitOverrides: limits.partial(), featureOverrides: z.record(z.string(), z.boolean()),
  abilities: abilities('update', 'suspend', 'resume', 'close'),
}).meta({ id: 'OperatorTenant' });
export type OperatorTenant = z.infer<typeof operatorTenant>;

const tenantId = z.object({ tenantId: id });
const access = operators('tenants are opened and closed by those who run the installation');

export const listTenants = endpoint({
  id: 'tenancy.listTenants', method: 'GET', path: '/operator/tenants', plane: 'control', summary: 'List and search tenants, with what they used when they were counted last', access,
  query: pageQuery.extend({
    q: z.string().trim().max(120).optional(), status: tenantStatus.optional(), plan: z.string().max(40).optional(), blueprint: z.string().max(60).optional(),
    sort: z.enum(['newest', 'name', 'members', 'courses', 'storage', 'activity', 'fullest']).default('newest'),
  }),
  response: pageOf(operatorTenantSummary),
});

export const getTenant = endpoint({
  id: 'tenancy.getTenant', method: 'GET', path: '/operator/tenants/{tenantId}', plane: 'control', summary: 'One tenant, with what it uses of its limits', access,
  params: tenantId, response: operatorTenant.extend({
    usage,
    /** The plan that it is on, and what would be in force if nothing were agreed beside it. */
    onPlan: z.object({ key: z.string(), name: planName, limits, features: z.record(z.string(), z.boolean()) }),
    /** That it is to be deleted, or was. */
    deletion: z.object({ requestedAt: timestamp, dueAt: timestamp, erasedAt: timestamp.nullable() }).nullable(),
  }), errors: ['tenancy.tenant_not_found'],
});

export const createTenant = endpoint({
  id: 'tenancy.createTenant', method: 'POST', path: '/operator/tenants', plane: 'control', summary: 'Open a tenant from a blueprint and invite its first administrator', access, status: 201,
  body: z.strictObject({
    slug, name: text(120), blueprint: z.string().max(60),
    /** Key of a plan on offer; the one on which new tenants of the blueprint start, when absent. */
    plan: z.string().max(40).optional(),
    tagline: tagline.optional(),
    locale: locale.optional(), timeZone: timeZone.optional(), currency: currency.optional(), accent: accent.optional(),
    /** Who receives an invitation to administer it. */
    firstAdminEmail: z.email().max(254).optional(),
  }),
  response: operatorTenant, errors: ['tenancy.slug_taken', 'tenancy.slug_reserved', 'tenancy.unknown_blueprint', 'tenancy.unknown_plan'],
});

export const updateTenant = endpoint({
  id: 'tenancy.updateTenant', method: 'PATCH', path: '/operator/tenants/{tenantId}', plane: 'control', summary: 'Change name, address, plan, and what is agreed beside it', access, fresh: true, ifMatch: true,
  params: tenantId,
  body: z.strictObject({
    name: text(120), slug, plan: z.string().max(40), signUp, allowedOrigins: z.array(origin).max(20),
    /** Go before the plan; null: as the plan has it. What is not named stays. */
    features: z.record(features.keyType, z.boolean().nullable()), limits: nullable(limits.shape),
  }).partial(),
  response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.unknown_plan', 'tenancy.slug_taken', 'tenancy.slug_reserved', 'tenancy.status_conflict', 'kernel.version_conflict'],
});

export const suspendTenant = endpoint({
  id: 'tenancy.suspendTenant', method: 'POST', path: '/operator/tenants/{tenantId}/suspend', plane: 'control', summary: 'Close the doors until it is resumed', access, fresh: true,
  params: tenantId, body: z.strictObject({ reason: text(500) }), response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict'],
});
export const resumeTenant = endpoint({
  id: 'tenancy.resumeTenant', method: 'POST', path: '/operator/tenants/{tenantId}/resume', plane: 'control', summary: 'Open a suspended tenant again', access, fresh: true,
  params: tenantId, response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict'],
});
export const closeTenant = endpoint({
  id: 'tenancy.closeTenant', method: 'POST', path: '/operator/tenants/{tenantId}/close', plane: 'control', summary: 'Close a tenant for good; its data is kept', access, fresh: true,
  params: tenantId,
  /** The tenant's slug, typed by the operator as a confirmation. */
  body: z.strictObject({ slug: z.string().max(63) }),
  response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict', 'tenancy.slug_mismatch'],
});

export const listBlueprints = endpoint({
  id: 'tenancy.listBlueprints', method: 'GET', path: '/operator/blueprints', plane: 'control', summary: 'The starting shapes that this installation brings', access,
  response: z.object({ data: z.array(z.object({
    key: z.string(), name: z.string(), description: z.string(), locale, currency: z.string(), timeZone: z.string(), accent: z.string(), features: z.array(z.string()),
  }).meta({ id: 'BlueprintSummary' })) }),
});

function nullable<S extends Record<string, z.ZodType>>(shape: S) {
  return z.strictObject(Object.fromEntries(Object.entries(shape).map(([key, type]) => [key, type.nullable()])) as { [K in keyof S]: z.ZodNullable<S[K]> }).partial();
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin: own, protocol, hostname } = new URL(value);
  return own === value && (protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || hostname.endsWith('.localhost'))));
}
