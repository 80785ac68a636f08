import { endpoint, fileContent, id, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const tenantExport = z.object({
  id, requestedAt: timestamp, status: z.enum(['waiting', 'ready', 'failed']),
  /** Percent of it that is made. */
  progress: z.int(),
  /** Until when it can be had. */
  expiresAt: timestamp.nullable(), size: z.int().nullable(),
}).meta({ id: 'TenantExport' });
export type TenantExport = z.infer<typeof tenantExport>;

export const requestTenantExport = endpoint({
  id: 'tenancy.requestTenantExport', method: 'POST', path: '/tenant-exports', summary: 'Ask for an archive of everything that the organisation has; one that is being made counts', access: 'tenant:export', fresh: true, status: 202,
  response: tenantExport,
});
export const listTenantExports = endpoint({
  id: 'tenancy.listTenantExports', method: 'GET', path: '/tenant-exports', summary: 'Archives that are being made, can be had, or failed, the newest first', access: 'tenant:export', response: z.object({ data: z.array(tenantExport) }),
});
export const getTenantExportFile = endpoint({
  id: 'tenancy.getTenantExportFile', method: 'GET', path: '/tenant-exports/{tenantExportId}/file', summary: 'The archive: a zip file', access: 'tenant:export', fresh: true,
  params: z.object({ tenantExportId: id }), response: fileContent, errors: ['tenancy.tenant_export_not_found'],
});
