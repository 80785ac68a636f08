/** What other modules, flows and the composition root may call. */
import './tables.ts';

export type { Blueprint, BlueprintRole, Blueprints } from './blueprint.ts';
export { makeDirectory, type Directory } from './directory.ts';
export { listenForTenantChanges } from './listen.ts';
export { changeStatus, requireRecord } from './tenant/tenant.ts';
export { findBySlug, type TenantRecord } from './tenant/queries.ts';
export { activateTenant, findOpening, addDefaults, requireBlueprint, reserveTenant, type TenantInput } from './tenant/reserve.ts';
export { addStartingPlans } from './plan/plan.ts';
export { askForCount } from './usage/usage.ts';
export { learnPermissions, markFurnished } from './tenant/furnishing.ts';
export { beginErasing, buryTenant, endErasing, eraseSome, erasureGroups, isPending, listDueDeletions, shutTenant } from './deletion/erasing.ts';
export { findDeletion, forget as forgetDeletion } from './deletion/deletion.ts';
export { dnsVerifier, type DomainVerifier } from './domain/verifier.ts';
export type { Machine } from './operations/health.ts';
export { logoUrl } from './settings/rules.ts';
