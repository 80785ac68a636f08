import { endpoint, id, nothing, operators, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const domain = z.object({
  host: z.string(), verifiedAt: timestamp.nullable(), createdAt: timestamp,
  /** The TXT record that shows whose name it is. */
  record: z.object({ name: z.string(), value: z.string() }),
}).meta({ id: 'Domain' });
export type Domain = z.infer<typeof domain>;

const tenantId = z.object({ tenantId: id });
const domainKey = tenantId.extend({ host: z.string().toLowerCase().max(253) });
const access = operators('a name leads visitors to a tenant, and certificates have to follow it');

export const listDomains = endpoint({
  id: 'tenancy.listDomains', method: 'GET', path: '/operator/tenants/{tenantId}/domains', plane: 'control', summary: 'A tenant’s own domains', access,
  params: tenantId, response: z.object({ data: z.array(domain) }), errors: ['tenancy.tenant_not_found'],
});
export const addDomain = endpoint({
  id: 'tenancy.addDomain', method: 'POST', path: '/operator/tenants/{tenantId}/domains', plane: 'control', summary: 'Note a domain; it counts once verified', access, status: 201,
  params: tenantId, body: z.strictObject({ host: z.string().trim().toLowerCase().min(1).max(253) }), response: domain,
  errors: ['tenancy.tenant_not_found', 'tenancy.status_conflict', 'tenancy.domain_invalid', 'tenancy.domain_taken'],
});
export const verifyDomain = endpoint({
  id: 'tenancy.verifyDomain', method: 'POST', path: '/operator/tenants/{tenantId}/domains/{host}/verify', plane: 'control', summary: 'Look for the TXT record', access,
  params: domainKey, response: domain, errors: ['tenancy.domain_not_found', 'tenancy.domain_unproven'],
});
export const removeDomain = endpoint({
  id: 'tenancy.removeDomain', method: 'DELETE', path: '/operator/tenants/{tenantId}/domains/{host}', plane: 'control', summary: 'Remove a domain', access, status: 204,
  params: domainKey, response: nothing, errors: ['tenancy.domain_not_found'],
});
