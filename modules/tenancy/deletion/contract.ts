import { abilities, endpoint, nothing, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const tenantDeletion = z.object({
  requestedAt: timestamp.nullable(),
  /** When it is deleted; null: it stays. */
  dueAt: timestamp.nullable(),
  abilities: abilities('request', 'cancel'),
}).meta({ id: 'TenantDeletion' });
export type TenantDeletion = z.infer<typeof tenantDeletion>;

export const getDeletion = endpoint({
  id: 'tenancy.getDeletion', method: 'GET', path: '/tenant-deletion', summary: 'Whether the organisation is about to be deleted', access: 'tenant:read', response: tenantDeletion,
});
export const requestDeletion = endpoint({
  id: 'tenancy.requestDeletion', method: 'PUT', path: '/tenant-deletion', summary: 'Delete the organisation and all that is in it in 30 days; until then it can be called off', access: 'tenant:delete', fresh: true,
  /** The organisation’s name, typed as a confirmation. */
  body: z.strictObject({ name: text(120) }), response: tenantDeletion, errors: ['tenancy.name_mismatch'],
});
export const cancelDeletion = endpoint({
  id: 'tenancy.cancelDeletion', method: 'DELETE', path: '/tenant-deletion', summary: 'Keep the organisation after all', access: 'tenant:delete', status: 204, response: nothing, errors: ['tenancy.deletion_started'],
});
