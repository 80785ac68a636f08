import type { TenantRef } from './actor.ts';
import { Problem } from './problem.ts';
import { problems } from './problems.ts';
import type { Locale } from './contract.ts';

/** A tenant as requests and jobs need it; its record lives in the control plane. */
export interface Tenant extends TenantRef {
  name: string;
  tagline: string | null;
  blueprint: string;
  status: 'provisioning' | 'active' | 'suspended' | 'closed';
  locale: Locale;
  timeZone: string;
  currency: string;
  accent: string | null;
  logoFileId: string | null;
  features: Record<string, boolean>;
  limits: TenantLimits;
  signUp: 'open' | 'invitation';
  /** Origins that browsers may call the API from, beyond the tenant's own. */
  allowedOrigins: string[];
  /** The domain of its own to which its other addresses lead; null for its subdomain. */
  primaryHost: string | null;
}

export interface TenantLimits { courses: number; members: number; storageBytes: number; apiPerMinute: number }

/** Finds tenants; the tenancy module answers. */
export interface TenantDirectory {
  byId(id: string): Promise<Tenant | null>;
  /** By subdomain or verified custom domain, without port. */
  byHost(host: string): Promise<Tenant | null>;
}

/** @throws Problem `kernel.feature_off` where the tenant doesn't have the feature. */
export function requireFeature(tenant: Tenant, feature: string): void {
  if (tenant.features[feature] !== true) throw new Problem(problems.feature_off);
}

/** @throws Problem `kernel.limit_reached` when `used` of a limit leaves no room for `more`; what takes no more than before always fits. */
export function requireRoom(tenant: Tenant, limit: 'courses' | 'members' | 'storageBytes', used: number, more = 1): void {
  if (more > 0 && used + more > tenant.limits[limit]) throw new Problem(problems.limit_reached, { params: { limit: tenant.limits[limit], what: limit, gigabytes: tenant.limits[limit] / 1024 ** 3 } });
}
