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
const features = z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/), z.boolean());
export const limits = z.object({
  courses: z.int().positive(), members: z.int().positive(),
  storageBytes: z.int().positive(), apiPerMinute: z.int().positive(),
}).meta({ id: 'TenantLimits' });
/** How much of the limits is taken. */
export const usage = z.object({ courses: z.int(), members: z.int(), storageBytes: z.int() }).meta({ id: 'TenantUsage' });
export type Usage = z.infer<typeof usage>;
/** Scheme, host and port, without anything behind them; plain HTTP only on this machine. */
const origin = z.string().max(300).refine(isOrigin);

export const operatorTenantSummary = z.object({
  id, slug: z.string(), name: z.string(), blueprint: z.string(), status: tenantStatus, locale, createdAt: timestamp,
}).meta({ id: 'OperatorTenantSummary' });
export type OperatorTenantSummary = z.infer<typeof operatorTenantSummary>;

export const operatorTenant = operatorTenantSummary.extend({
  tagline: z.string().nullable(), statusReason: z.string().nullable(), dataPlane: z.string(), timeZone: z.string(), currency: z.string(), accent: z.string().nullable(),
  signUp, features: z.record(z.string(), z.boolean()), limits, allowedOrigins: z.array(z.string()), version: z.int(), updatedAt: timestamp,
  abilities: abilities('update', 'suspend', 'resume', 'close'),
}).meta({ id: 'OperatorTenant' });
export type OperatorTenant = z.infer<typeof operatorTenant>;

const tenantId = z.object({ tenantId: id });
const access = operators('tenants are opened and closed by those who run the installation');

export const listTenants = endpoint({
  id: 'tenancy.listTenants', method: 'GET', path: '/operator/tenants', plane: 'control', summary: 'List and search tenants, newest first', access,
  query: pageQuery.extend({ q: z.string().trim().max(120).optional(), status: tenantStatus.optional() }),
  response: pageOf(operatorTenantSummary),
});

export const getTenant = endpoint({
  id: 'tenancy.getTenant', method: 'GET', path: '/operator/tenants/{tenantId}', plane: 'control', summary: 'One tenant, with what it uses of its limits', access,
  params: tenantId, response: operatorTenant.extend({
    usage,
    /** That it is to be deleted, or was. */
    deletion: z.object({ requestedAt: timestamp, dueAt: timestamp, erasedAt: timestamp.nullable() }).nullable(),
  }), errors: ['tenancy.tenant_not_found'],
});

export const createTenant = endpoint({
  id: 'tenancy.createTenant', method: 'POST', path: '/operator/tenants', plane: 'control', summary: 'Open a tenant from a blueprint and invite its first administrator', access, status: 201,
  body: z.strictObject({
    slug, name: text(120), blueprint: z.string().max(60), tagline: tagline.optional(),
    locale: locale.optional(), timeZone: timeZone.optional(), currency: currency.optional(), accent: accent.optional(),
    /** Who receives an invitation to administer it. */
    firstAdminEmail: z.email().max(254).optional(),
  }),
  response: operatorTenant, errors: ['tenancy.slug_taken', 'tenancy.slug_reserved', 'tenancy.unknown_blueprint'],
});

export const updateTenant = endpoint({
  id: 'tenancy.updateTenant', method: 'PATCH', path: '/operator/tenants/{tenantId}', plane: 'control', summary: 'Change name, address, features and limits', access, ifMatch: true,
  params: tenantId,
  body: z.strictObject({ name: text(120), slug, features, limits: limits.partial(), signUp, allowedOrigins: z.array(origin).max(20) }).partial(),
  response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.slug_taken', 'tenancy.slug_reserved', 'tenancy.status_conflict', 'kernel.version_conflict'],
});

export const suspendTenant = endpoint({
  id: 'tenancy.suspendTenant', method: 'POST', path: '/operator/tenants/{tenantId}/suspend', plane: 'control', summary: 'Close the doors until it is resumed', access,
  params: tenantId, body: z.strictObject({ reason: text(500) }), response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict'],
});
export const resumeTenant = endpoint({
  id: 'tenancy.resumeTenant', method: 'POST', path: '/operator/tenants/{tenantId}/resume', plane: 'control', summary: 'Open a suspended tenant again', access,
  params: tenantId, response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict'],
});
export const closeTenant = endpoint({
  id: 'tenancy.closeTenant', method: 'POST', path: '/operator/tenants/{tenantId}/close', plane: 'control', summary: 'Close a tenant for good; its data is kept', access,
  params: tenantId,
  /** The tenant's slug, typed by the operator as a confirmation. */
  body: z.strictObject({ slug: z.string().max(63) }),
  response: operatorTenant, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict', 'tenancy.slug_mismatch'],
});

export const listBlueprints = endpoint({
  id: 'tenancy.listBlueprints', method: 'GET', path: '/operator/blueprints', plane: 'control', summary: 'The starting shapes that this installation brings', access,
  response: z.object({ data: z.array(z.object({
    key: z.string(), name: z.string(), description: z.string(), locale, currency: z.string(), timeZone: z.string(), accent: z.string(),
  }).meta({ id: 'BlueprintSummary' })) }),
});

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
