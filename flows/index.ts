/** Processes that span modules. */
export { openTenantJob, openTenant, finishOpening, type Furnisher, type OpeningDeps } from './open-tenant/open-tenant.ts';
