/** Processes that span modules. */
export { closeTenant, closeTenants, type ClosingDeps } from './close-tenant/close-tenant.ts';
export { beginOpening, ensureTenant, finishOpening, openTenant, openTenantJob, type Furnisher, type OpeningDeps } from './open-tenant/open-tenant.ts';
export { askToFollow, followBlueprint, followBlueprintsJob, type FollowingDeps } from './follow-blueprint/follow-blueprint.ts';
