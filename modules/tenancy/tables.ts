import type { Generated } from 'kysely';
import type { Locale } from '@milpa/kernel/contract';
import type { TenantLimits } from '@milpa/kernel';

export type TenantStatus = 'provisioning' | 'active' | 'suspended' | 'closed';
export interface TenantTable {
  id: Generated<string>; slug: string; name: string; tagline: string | null; blueprint: string; status: Generated<TenantStatus>; statusReason: string | null;
  dataPlane: Generated<string>; locale: Locale; timeZone: string; currency: string; accent: string | null; logoFileId: string | null; signUp: 'open' | 'invitation';
  plan: string;
  /** What is in force: the database makes it of plan, blueprint and overrides. */
  features: Generated<Record<string, boolean>>; limits: Generated<TenantLimits>;
  blueprintFeatures: Record<string, boolean>; limitOverrides: Generated<Partial<TenantLimits>>; featureOverrides: Generated<Record<string, boolean>>;
  allowedOrigins: Generated<string[]>; primaryHost: Generated<string | null>; version: Generated<number>; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface PlanTable {
  key: string; name: { [K in Locale]?: string | undefined }; limits: TenantLimits; features: Generated<Record<string, boolean>>; contact: string | null; retiredAt: Generated<string | null>;
  version: Generated<number>; createdAt: Generated<string>; updatedAt: Generated<string>;
}
export interface DefaultPlanTable { blueprint: string; plan: string }
export interface TenantUsageTable { tenantId: string; members: number; courses: number; storageBytes: number; lastActiveAt: string | null; countedAt: string }
export interface UsageDayTable { day: string; tenants: number; members: number; courses: number; storageBytes: number; countedAt: string }
export interface OpeningTable { tenantId: string; firstAdminEmail: string | null; createdAt: Generated<string> }
/** What name servers said of a domain. `elsewhere`: a wrong place where its token was; `ours`: the installation's addresses; `proven`: the token was in its place. */
export interface Found { texts: string[]; elsewhere: string | null; aliases: string[]; addresses: string[]; ours: string[]; proven: boolean }
export interface DomainTable {
  host: string; tenantId: string; token: string; verifiedAt: string | null; createdAt: Generated<string>;
  claimedAt: Generated<string>; checkedAt: Generated<string | null>; found: Generated<Found | null>; missingSince: Generated<string | null>;
}
export interface ControlDeletionTable { tenantId: string; requestedAt: string; dueAt: string; startedAt: Generated<string | null>; erasedAt: Generated<string | null>; remindedDays: Generated<number | null> }
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
    'tenancyControl.plan': PlanTable;
    'tenancyControl.defaultPlan': DefaultPlanTable;
    'tenancyControl.tenantUsage': TenantUsageTable;
    'tenancyControl.usageDay': UsageDayTable;
    'tenancyControl.opening': OpeningTable;
    'tenancyControl.domain': DomainTable;
    'tenancyControl.deletion': ControlDeletionTable;
  }
}
