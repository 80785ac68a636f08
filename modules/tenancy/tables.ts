import type { Generated } from 'kysely';
import type { Locale } from '@milpa/kernel/contract';
import type { TenantLimits } from '@milpa/kernel';

export type TenantStatus = 'provisioning' | 'active' | 'suspended' | 'closed';
export interface TenantTable {
  id: Generated<string>; slug: string; name: string; tagline: string | null; blueprint: string; status: Generated<TenantStatus>; statusReason: string | null;
  dataPlane: Generated<string>; locale: Locale; timeZone: string; currency: string; accent: string | null; logoFileId: string | null; signUp: 'open' | 'invitation';
  features: Record<string, boolean>; limits: TenantLimits; allowedOrigins: Generated<string[]>; version: Generated<number>; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface OpeningTable { tenantId: string; firstAdminEmail: string | null; createdAt: Generated<string> }
export interface DomainTable { host: string; tenantId: string; token: string; verifiedAt: string | null; createdAt: Generated<string> }
export interface ControlDeletionTable { tenantId: string; requestedAt: string; dueAt: string; startedAt: Generated<string | null>; erasedAt: Generated<string | null> }
export interface DeletionTable { tenantId: Generated<string>; requestedAt: Generated<string>; dueAt: Generated<string>; startedAt: Generated<string | null> }
export interface TenantExportTable { tenantId: Generated<string>; id: Generated<string>; fileId: string | null; requestedAt: string; progress: Generated<number>; readyAt: string | null; expiresAt: string | null; failedAt: string | null }
export interface FurnishingTable { tenantId: Generated<string>; blueprint: string; knownPermissions: string[]; furnishedAt: Generated<string> }

declare module '@milpa/kernel' {
  interface Tables {
    'tenancy.furnishing': FurnishingTable;
    'tenancy.deletion': DeletionTable;
    'tenancy.tenantExport': TenantExportTable;
  }
  interface ControlTables {
    'tenancyControl.tenant': TenantTable;
    'tenancyControl.opening': OpeningTable;
    'tenancyControl.domain': DomainTable;
    'tenancyControl.deletion': ControlDeletionTable;
  }
}
