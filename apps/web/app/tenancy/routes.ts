import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    layout('tenancy/admin/layout.tsx', [
      route('admin', 'tenancy/admin/dashboard.tsx'),
      route('admin/settings', 'tenancy/admin/settings.tsx'),
      route('admin/limits', 'tenancy/admin/limits.tsx'),
      route('admin/domains', 'tenancy/admin/domains.tsx'),
      route('admin/audit', 'tenancy/admin/audit.tsx'),
      route('admin/data', 'tenancy/admin/data.tsx'),
    ]),
    layout('tenancy/operator/layout.tsx', [
      route('operator', 'tenancy/operator/overview.tsx'),
      route('operator/tenants', 'tenancy/operator/tenants.tsx'),
      route('operator/tenants/new', 'tenancy/operator/new-tenant.tsx'),
      route('operator/tenants/:tenantId', 'tenancy/operator/tenant.tsx'),
      route('operator/tenants/:tenantId/support', 'tenancy/operator/support.tsx'),
      route('operator/plans', 'tenancy/operator/plans.tsx'),
      route('operator/plans/new', 'tenancy/operator/new-plan.tsx'),
      route('operator/plans/:planKey', 'tenancy/operator/plan.tsx'),
      route('operator/health', 'tenancy/operator/health.tsx'),
      route('operator/jobs', 'tenancy/operator/jobs.tsx'),
      route('operator/audit', 'tenancy/operator/audit.tsx'),
    ]),
  ],
  alone: [],
} satisfies ModuleRoutes;
