/** Processes that span modules. */
export { ensureTenant, finishOpening, openTenant, openTenantJob, type Furnisher, type OpeningDeps } from './open-tenant/open-tenant.ts';
