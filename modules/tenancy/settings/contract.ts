import { abilities, endpoint, fileContent, id, locale, nothing, open, pageOf, pageQuery, text, timestamp, upload } from '@milpa/kernel/contract';
import { z } from 'zod';
import { accent, currency, limits, planName, signUp, tagline, timeZone, usage } from '../tenant/contract.ts';

export const settings = z.object({
  id, slug: z.string(), name: z.string(), tagline: z.string().nullable(), locale, timeZone: z.string(), currency: z.string(), signUp,
  accent: z.string().nullable(),
  /** How the accent fares against the two papers. Where it isn't `ok` as it is, screens use the nearest shades that can be read. */
  accentContrast: z.object({ ok: z.boolean(), ratioLight: z.number(), ratioDark: z.number(), suggestion: z.string() }).nullable(),
  /** Another one for each logo, so that browsers may keep it. */
  logoUrl: z.string().nullable(),
  features: z.record(z.string(), z.boolean()), version: z.int(), updatedAt: timestamp,
  abilities: abilities('update'),
}).meta({ id: 'Settings' });
export type Settings = z.infer<typeof settings>;

export const getSettings = endpoint({
  id: 'tenancy.getSettings', method: 'GET', path: '/settings', summary: 'The organisation’s name, look, language and ways in', access: 'tenant:read', response: settings,
});
export const updateSettings = endpoint({
  id: 'tenancy.updateSettings', method: 'PATCH', path: '/settings', summary: 'Change the organisation’s settings', access: 'tenant:update', ifMatch: true,
  body: z.strictObject({ name: text(120), tagline: tagline.nullable(), accent: accent.nullable(), locale, timeZone, currency, signUp }).partial(),
  response: settings, errors: ['kernel.version_conflict'],
});

export const putLogo = endpoint({
  id: 'tenancy.putLogo', method: 'PUT', path: '/settings/logo', summary: 'Set the logo: PNG, JPEG, WebP or SVG, at most 512 KB', access: 'tenant:update', status: 204,
  query: z.object({ name: z.string().max(200).optional() }), body: upload, response: nothing,
  errors: ['tenancy.logo_kind', 'tenancy.logo_too_large', 'kernel.limit_reached'],
});
export const getLogo = endpoint({
  id: 'tenancy.getLogo', method: 'GET', path: '/settings/logo', summary: 'The logo', access: open('the logo stands on the sign-in page'),
  response: fileContent, errors: ['tenancy.logo_not_found'],
});
export const deleteLogo = endpoint({
  id: 'tenancy.deleteLogo', method: 'DELETE', path: '/settings/logo', summary: 'Remove the logo', access: 'tenant:update', status: 204, response: nothing,
});

export const getUsage = endpoint({
  id: 'tenancy.getUsage', method: 'GET', path: '/usage', summary: 'The plan, what is used of its limits, and which features there are', access: 'tenant:read',
  response: z.object({
    limits, usage,
    plan: z.object({
      name: planName,
      /** An e-mail address or that of a page: whom to ask for more. */
      contact: z.string().nullable(),
    }),
    /** Limits that are agreed with this organisation and differ from its plan. */
    agreed: z.array(z.string()),
    /** Why a feature is as it is: by the kind of organisation, since the plan excludes it, or by what is agreed with this one. */
    features: z.array(z.object({ key: z.string(), on: z.boolean(), by: z.enum(['kind', 'plan', 'agreed']) })),
  }),
});

export const auditOutcome = z.enum(['done', 'refused']);
export const auditEntry = z.object({
  id, at: timestamp, actorKind: z.string(), memberId: id.nullable(),
  /** Null: nobody of this organisation, or somebody who is gone. */
  memberName: z.string().nullable(),
  /** Where support did it: the operator's name of that time. */
  supportName: z.string().nullable(),
  action: z.string(), outcome: auditOutcome, subjectType: z.string().nullable(), subjectId: z.string().nullable(),
  /** As it is called now, where it has a name and still is. */
  subjectName: z.string().nullable(),
  requestId: z.string().nullable(),
}).meta({ id: 'AuditEntry' });

const auditFilter = z.object({
  actorKind: z.enum(['member', 'account', 'support', 'system']).optional(), memberId: id.optional(), action: z.string().max(100).optional(), subjectId: z.string().max(100).optional(), outcome: auditOutcome.optional(),
  /** From this time on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional(),
});
export const listAuditEntries = endpoint({
  id: 'tenancy.listAuditEntries', method: 'GET', path: '/audit-entries', summary: 'Who did what, newest first', access: 'audit:read',
  query: pageQuery.extend(auditFilter.shape), response: pageOf(auditEntry),
});
export const exportAuditEntries = endpoint({
  id: 'tenancy.exportAuditEntries', method: 'GET', path: '/audit-entries/export', summary: 'Who did what, newest first, as a file of at most 20,000 lines: CSV, or one JSON object a line', access: 'audit:read', support: { closed: 'takes data out of the organisation' },
  query: auditFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') }), response: fileContent, errors: ['tenancy.audit_too_long'],
});
