import { endpoint, id, nothing, operators, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const domain = z.object({
  host: z.string(), verifiedAt: timestamp.nullable(), createdAt: timestamp,
  /** The TXT record that shows whose name it is. */
  record: z.object({ name: z.string(), value: z.string() }),
  /** Where the name has to lead: a CNAME record with this alias, or addresses where there can be none. */
  target: z.object({ alias: z.string(), addresses: z.array(z.string()) }),
  /** Whether the organisation’s other addresses lead to it. */
  primary: z.boolean(),
  /** Whether it led here when it was last looked up. */
  arrives: z.boolean(),
  checkedAt: timestamp.nullable(),
  /** What name servers said then; null when none answered. `elsewhere`: where the token was instead. */
  found: z.object({ texts: z.array(z.string()), elsewhere: z.string().nullable(), aliases: z.array(z.string()), addresses: z.array(z.string()) }).nullable(),
  /** When a claim that was not proved is forgotten. */
  expiresAt: timestamp.nullable(),
  /** When a domain whose proof is gone stops to count. */
  stopsAt: timestamp.nullable(),
}).meta({ id: 'Domain' });
export type Domain = z.infer<typeof domain>;

const host = z.string().toLowerCase().max(253);
const newHost = z.strictObject({ host: z.string().trim().toLowerCase().min(1).max(253) });
const list = z.object({ data: z.array(domain) });
const addErrors = ['tenancy.domain_invalid', 'tenancy.domain_taken', 'tenancy.domains_full'];

const tenantId = z.object({ tenantId: id });
const domainKey = tenantId.extend({ host });
const access = operators('a name leads visitors to a tenant, and certificates have to follow it');

export const listDomains = endpoint({
  id: 'tenancy.listDomains', method: 'GET', path: '/operator/tenants/{tenantId}/domains', plane: 'control', summary: 'A tenant’s own domains', access,
  params: tenantId, response: list, errors: ['tenancy.tenant_not_found'],
});
export const addDomain = endpoint({
  id: 'tenancy.addDomain', method: 'POST', path: '/operator/tenants/{tenantId}/domains', plane: 'control', summary: 'Note a domain; it counts once verified', access, status: 201,
  params: tenantId, body: newHost, response: domain, errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict', ...addErrors],
});
export const verifyDomain = endpoint({
  id: 'tenancy.verifyDomain', method: 'POST', path: '/operator/tenants/{tenantId}/domains/{host}/verify', plane: 'control', summary: 'Look for the TXT record', access,
  params: domainKey, response: domain, errors: ['tenancy.domain_not_found', 'tenancy.domain_unproven', 'tenancy.domain_taken'],
});
export const removeDomain = endpoint({
  id: 'tenancy.removeDomain', method: 'DELETE', path: '/operator/tenants/{tenantId}/domains/{host}', plane: 'control', summary: 'Remove a domain', access, fresh: true, status: 204,
  params: domainKey, response: nothing, errors: ['tenancy.domain_not_found'],
});

const ownKey = z.object({ host });

export const listOwnDomains = endpoint({
  id: 'tenancy.listOwnDomains', method: 'GET', path: '/settings/domains', summary: 'The organisation’s own domains, and what name servers last said of them', access: 'tenant:read', response: list,
});
export const addOwnDomain = endpoint({
  id: 'tenancy.addOwnDomain', method: 'POST', path: '/settings/domains', summary: 'Claim a domain; it counts once proved, within 14 days', access: 'tenant:update', status: 201,
  body: newHost, response: domain, errors: addErrors,
});
export const checkOwnDomain = endpoint({
  id: 'tenancy.checkOwnDomain', method: 'POST', path: '/settings/domains/{host}/check', summary: 'Look the domain up now; it counts when its record is there', access: 'tenant:update',
  params: ownKey, response: domain, errors: ['tenancy.domain_not_found', 'tenancy.domain_taken'],
});
export const removeOwnDomain = endpoint({
  id: 'tenancy.removeOwnDomain', method: 'DELETE', path: '/settings/domains/{host}', summary: 'Remove a domain: it no longer leads here', access: 'tenant:update', fresh: true, status: 204,
  params: ownKey, response: nothing, errors: ['tenancy.domain_not_found'],
});
export const setPrimaryDomain = endpoint({
  id: 'tenancy.setPrimaryDomain', method: 'PUT', path: '/settings/primary-domain', summary: 'Choose the domain to which all other addresses lead; null for the subdomain here', access: 'tenant:update', fresh: true,
  body: z.strictObject({ host: host.nullable() }), response: list, errors: ['tenancy.domain_not_found', 'tenancy.domain_not_ready'],
});
