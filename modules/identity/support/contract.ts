import { endpoint, id, nothing, open, operators, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const supportLevel = z.enum(['read', 'change']);
export const supportHours = z.union([z.literal(1), z.literal(24), z.literal(168)]);
const accessId = z.object({ supportAccessId: id });
const terms = z.strictObject({ level: supportLevel, hours: supportHours });

export const supportAccess = z.object({
  id, state: z.enum(['requested', 'granted', 'refused', 'lapsed']), level: supportLevel, hours: supportHours,
  /** Who asked, and why. Null: an administrator let support in unasked. */
  operatorName: z.string().nullable(), reason: z.string().nullable(),
  /** What the administrator says is wrong. */
  note: z.string().nullable(),
  createdAt: timestamp, decidedAt: timestamp.nullable(), decidedBy: z.string().nullable(), expiresAt: timestamp.nullable(),
  endedAt: timestamp.nullable(), endedBy: z.string().nullable(),
  /** Support can come in now. */
  alive: z.boolean(),
}).meta({ id: 'SupportAccess' });
export type SupportAccess = z.infer<typeof supportAccess>;

export const listSupportAccesses = endpoint({
  id: 'identity.listSupportAccesses', method: 'GET', path: '/support-accesses', summary: 'What support asked for and was allowed, newest first, at most 50', access: 'support:manage',
  response: z.object({ data: z.array(supportAccess) }),
});
export const grantSupport = endpoint({
  id: 'identity.grantSupport', method: 'POST', path: '/support-accesses', summary: 'Let support in for a time; in place of what it has now', access: 'support:manage', fresh: true, status: 201,
  body: terms.extend({ note: text(1000).nullable().default(null) }), response: supportAccess,
});
export const allowSupport = endpoint({
  id: 'identity.allowSupport', method: 'POST', path: '/support-accesses/{supportAccessId}/allow', summary: 'Let the operator in who asked; not for longer or for more than was asked', access: 'support:manage', fresh: true,
  params: accessId, body: terms, response: supportAccess, errors: ['identity.support_access_not_found', 'identity.support_beyond_request'],
});
export const refuseSupport = endpoint({
  id: 'identity.refuseSupport', method: 'POST', path: '/support-accesses/{supportAccessId}/refuse', summary: 'Do not let the operator in who asked; again changes nothing', access: 'support:manage', status: 204,
  params: accessId, response: nothing, errors: ['identity.support_access_not_found'],
});
export const endSupport = endpoint({
  id: 'identity.endSupport', method: 'POST', path: '/support-accesses/{supportAccessId}/end', summary: 'End an access at once; again changes nothing', access: 'support:manage', status: 204,
  params: accessId, response: nothing, errors: ['identity.support_access_not_found'],
});

const ofTenant = z.object({ tenantId: id });
const operator = operators('support is for those who run the installation');
const shut = ['identity.support_tenant_closed'];

export const getTenantSupport = endpoint({
  id: 'identity.getTenantSupport', method: 'GET', path: '/operator/tenants/{tenantId}/support', plane: 'control', summary: 'What an organisation allows the operator who asks', access: operator,
  params: ofTenant, errors: shut,
  response: z.object({
    tenantName: z.string(),
    /** What this operator can enter with, and what waits for an answer, whoever asked. */
    access: supportAccess.nullable(), request: supportAccess.nullable(),
    /** Without the second step nobody enters. */
    twoFactor: z.boolean(),
    /** Where entering begins: on the organisation's own host. */
    door: z.string(),
  }),
});
export const requestSupport = endpoint({
  id: 'identity.requestSupport', method: 'POST', path: '/operator/tenants/{tenantId}/support-requests', plane: 'control', summary: 'Ask the administrators of an organisation for access; again while it waits, the newer terms count', access: operator, status: 201,
  params: ofTenant, body: terms.extend({ reason: text(1000) }), response: supportAccess, errors: [...shut, 'identity.support_requested', 'identity.support_asked_often'],
});
export const approveSupport = endpoint({
  id: 'identity.approveSupport', method: 'POST', path: '/operator/tenants/{tenantId}/support-codes', plane: 'control', summary: 'Confirm to enter, from the browser whose challenge this is; gives the way in, for a minute', access: operator, status: 201, fresh: true,
  secret: 'the way in carries a code; a repetition makes another', params: ofTenant, body: z.strictObject({ challenge: z.string().regex(/^[\w-]{43}$/) }),
  response: z.object({ url: z.string() }), errors: [...shut, 'identity.support_not_allowed', 'identity.support_needs_two_factor', 'kernel.rate_limited'],
});

export const prepareSupport = endpoint({
  id: 'identity.prepareSupport', method: 'POST', path: '/support-sessions/preparation', summary: 'Begin to enter as support: gives this browser the half of the proof that stays in it', access: open('it opens nothing by itself'),
  unaudited: 'nobody is known yet, and nothing is opened', secret: 'the half of a proof goes into a cookie; a repetition makes another',
  /** Where an operator confirms. */
  response: z.object({ url: z.string() }), errors: ['kernel.rate_limited'],
});
export const enterSupport = endpoint({
  id: 'identity.enterSupport', method: 'POST', path: '/support-sessions', summary: 'Enter as support with the code, in the browser that began', access: open('the code and the cookie are the proof'), status: 201,
  unaudited: 'written down by the use case, with the operator’s name', secret: 'a code goes in and a session comes out; the code works once',
  body: z.strictObject({ code: z.string().min(1).max(100) }), response: z.object({ until: timestamp, level: supportLevel }),
  errors: ['identity.support_code_invalid', 'identity.support_not_allowed', 'kernel.rate_limited'],
});
export const leaveSupport = endpoint({
  id: 'identity.leaveSupport', method: 'DELETE', path: '/support-sessions/current', summary: 'Leave as support; again changes nothing', access: open('whoever is not in is out already'),
  unaudited: 'written down by the use case, with the operator’s name', secret: 'the session in the cookie ends; again changes nothing', status: 204, response: nothing,
});
