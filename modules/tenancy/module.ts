import { controlRoute, defineModule, route, systemActor, versionOf, withVersion, type ControlTx, type Database, type MailPort, type Module, type Tenant, type TenantRef, type Tx } from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import './tables.ts';
import type { Blueprints } from './blueprint.ts';
import type { Directory } from './directory.ts';
import * as deletionContract from './deletion/contract.ts';
import * as deletion from './deletion/deletion.ts';
import { remindOfDeletionJob } from './deletion/reminder.ts';
import * as domainContract from './domain/contract.ts';
import * as domain from './domain/domain.ts';
import { domainNewsJob, type NewsDeps } from './domain/mail.ts';
import type { DomainVerifier } from './domain/verifier.ts';
import { watchDomainsJob } from './domain/watch.ts';
import * as exportContract from './export/contract.ts';
import * as exports from './export/tenant-export.ts';
import * as operationsContract from './operations/contract.ts';
import { health, type HealthDeps } from './operations/health.ts';
import * as jobs from './operations/jobs.ts';
import * as operations from './operations/operations.ts';
import * as planContract from './plan/contract.ts';
import * as plans from './plan/plan.ts';
import * as settingsContract from './settings/contract.ts';
import * as logo from './settings/logo.ts';
import { auditEntries, exportAudit, type SubjectNames } from './settings/audit.ts';
import * as settings from './settings/settings.ts';
import * as tenantContract from './tenant/contract.ts';
import type { TenantRecord } from './tenant/queries.ts';
import type { TenantInput } from './tenant/reserve.ts';
import * as tenants from './tenant/tenant.ts';
import * as usageContract from './usage/contract.ts';
import * as usage from './usage/usage.ts';

export interface TenancyDeps {
  database: Database;
  directory: Directory;
  storage: Storage;
  /** Host of the installation itself, with its port if it has one. */
  baseHost: string;
  blueprints: Blueprints;
  verifier: DomainVerifier;
  endSessionsAt: domain.DomainDeps['endSessionsAt'];
  /** The flow that opens a tenant: its first step, and what is left to do after that was committed. */
  beginOpening(tx: ControlTx, input: TenantInput): Promise<TenantRecord>;
  finishOpening(tenantId: string): Promise<void>;
  /** What a tenant uses of its limits, as the modules that own the rows count it. */
  countUsage(tx: Tx): Promise<tenantContract.Usage>;
  /** How things that the log tells of are called. */
  subjectNames: SubjectNames;
  accountNames: operations.AccountNames;
  mail: MailPort;
  originOf(tenant: Tenant): string;
  workDirectory: string;
  secretColumns: exports.ExportDeps['secretColumns'];
  administrators: NewsDeps['administrators'];
  /** Every schedule of the installation. */
  schedules: HealthDeps['schedules'];
  machine: HealthDeps['machine'];
}

export function tenancyModule(deps: TenancyDeps): Module {
  const { database, directory, storage, baseHost, blueprints, countUsage } = deps;
  const usageOf = (ref: TenantRef) => database.readTenant(ref, systemActor, countUsage);
  // Before the commit: an answer remembered in between is forgotten with the database's own notice of it.
  const changed = <T>(result: T): T => {
    directory.forget();
    return result;
  };
  // Name servers may take their time: no connection is held for them.
  const lookedUp = (look: typeof domain.verify) => async (shown: domainContract.Domain) =>
    domain.viewOf(changed(await look(deps, await database.readControl((tx) => domain.rowOf(tx, shown)))), baseHost);
  const watching = watchDomainsJob(deps);
  const counting = usage.countUsageJob(deps);
  const reminding = remindOfDeletionJob({ ...deps, tenants: directory });
  return defineModule({
    name: 'tenancy',
    permissions: ['tenant:read', 'tenant:update', 'tenant:delete', 'tenant:export', 'audit:read'],
    supportPermissions: ['tenant:read', 'tenant:update', 'audit:read'],
    routes: [
      controlRoute(tenantContract.listTenants, ({ tx, query }) => tenants.list(tx, query)),
      controlRoute(tenantContract.getTenant, async ({ tx, params, reply }) => {
        const record = await tenants.requireRecord(tx, params.tenantId);
        return withVersion(reply, { ...tenants.operatorView(record), onPlan: await tenants.planOf(tx, record), usage: await usageOf(record), deletion: await deletion.findDeletion(tx, record.id) ?? null });
      }),
      // Should what follows fail, the job does it, and so does a repetition with the same key.
      controlRoute(tenantContract.createTenant, async ({ tx, body }) => tenants.operatorView(await deps.beginOpening(tx, body)), async ({ id }) => {
        await deps.finishOpening(id);
        return tenants.operatorView(await database.readControl((tx) => tenants.requireRecord(tx, id)));
      }),
      controlRoute(tenantContract.updateTenant, async ({ tx, params, body, request, reply }) => withVersion(reply, changed(await tenants.update(tx, blueprints, params.tenantId, versionOf(request.ifMatch), body)))),
      controlRoute(tenantContract.suspendTenant, async ({ tx, params, body, reply }) => withVersion(reply, changed(await tenants.changeStatus(tx, params.tenantId, 'suspend', body.reason)))),
      controlRoute(tenantContract.resumeTenant, async ({ tx, params, reply }) => withVersion(reply, changed(await tenants.changeStatus(tx, params.tenantId, 'resume')))),
      controlRoute(tenantContract.closeTenant, async ({ tx, params, body, reply }) => withVersion(reply, changed(await tenants.close(tx, params.tenantId, body)))),
      controlRoute(tenantContract.listBlueprints, async ({ request }) => tenants.blueprintSummaries(blueprints, request.locale)),

      controlRoute(planContract.listPlans, ({ tx }) => plans.list(tx)),
      controlRoute(planContract.getPlan, async ({ tx, params, reply }) => withVersion(reply, await plans.get(tx, params.planKey))),
      controlRoute(planContract.createPlan, async ({ tx, body, reply }) => withVersion(reply, await plans.create(tx, blueprints, body))),
      controlRoute(planContract.updatePlan, async ({ tx, params, body, request, reply }) => withVersion(reply, changed(await plans.update(tx, blueprints, params.planKey, versionOf(request.ifMatch), body)))),
      controlRoute(planContract.retirePlan, async ({ tx, params, reply }) => withVersion(reply, await plans.retire(tx, params.planKey))),
      controlRoute(planContract.offerPlan, async ({ tx, params, reply }) => withVersion(reply, await plans.offer(tx, params.planKey))),
      controlRoute(planContract.listPlanOverruns, ({ tx, params, query }) => plans.overruns(tx, params.planKey, query)),

      controlRoute(domainContract.listDomains, async ({ tx, params }) => domain.list(tx, baseHost, (await tenants.requireRecord(tx, params.tenantId)).id)),
      controlRoute(domainContract.addDomain, async ({ tx, params, body }) => domain.viewOf(await domain.add(tx, baseHost, params.tenantId, body.host), baseHost)),
      controlRoute(domainContract.verifyDomain, async ({ tx, params }) => domain.viewOf(await domain.get(tx, params.tenantId, params.host), baseHost), lookedUp(domain.verify)),
      controlRoute(domainContract.removeDomain, async ({ tx, params }) => changed(await domain.remove(deps, tx, params.tenantId, params.host))),

      controlRoute(operationsContract.listJobs, ({ tx, query }) => jobs.list(tx, query)),
      controlRoute(operationsContract.countJobs, ({ tx, query }) => jobs.counts(tx, query.tenantId)),
      controlRoute(operationsContract.retryParkedJob, ({ tx, params }) => jobs.retry(tx, params.jobId)),
      controlRoute(operationsContract.retryParkedJobs, ({ tx, body }) => jobs.retryAll(tx, body.kind)),
      controlRoute(operationsContract.discardJob, ({ tx, params }) => jobs.discard(tx, params.jobId)),
      controlRoute(operationsContract.getInstallationHealth, ({ tx }) => health(tx, deps)),
      controlRoute(operationsContract.listSchedules, async ({ tx }) => ({ data: await jobs.scheduleStates(tx, deps.schedules()) })),
      controlRoute(operationsContract.listOperatorAudit, ({ tx, query }) => operations.auditEntries(tx, deps.accountNames, query)),
      controlRoute(usageContract.getGrowth, ({ tx, query }) => usage.growth(tx, query)),
      controlRoute(usageContract.countUsage, ({ tx }) => usage.askForCount(tx)),
      controlRoute(operationsContract.getInstallationOverview, ({ tx }) => operations.overview(tx)),

      route(settingsContract.getSettings, async ({ tenant, actor, reply }) => withVersion(reply, await settings.read(deps, tenant, actor))),
      route(settingsContract.updateSettings, async ({ tenant, actor, body, request, reply }) => withVersion(reply, await settings.update(deps, tenant, actor, versionOf(request.ifMatch), body))),
      route(settingsContract.putLogo, ({ tx, tenant, body }) => logo.put(deps, storage, tx, tenant, body)),
      route(settingsContract.getLogo, ({ tx, tenant }) => logo.read(storage, tx, tenant)),
      route(settingsContract.deleteLogo, ({ tx }) => logo.remove(deps, tx)),
      route(domainContract.listOwnDomains, ({ tenant }) => database.readControl((tx) => domain.list(tx, baseHost, tenant.id))),
      route(domainContract.addOwnDomain, ({ tenant, body }) => settings.inControl(deps, async (tx) => domain.viewOf(await domain.add(tx, baseHost, tenant.id, body.host), baseHost)), lookedUp(domain.checkNow)),
      route(domainContract.checkOwnDomain, ({ tenant, params }) => database.readControl(async (tx) => domain.viewOf(await domain.get(tx, tenant.id, params.host), baseHost)), lookedUp(domain.checkNow)),
      route(domainContract.removeOwnDomain, ({ tenant, params }) => settings.inControl(deps, (tx) => domain.remove(deps, tx, tenant.id, params.host))),
      route(domainContract.setPrimaryDomain, ({ tenant, body, request }) => settings.inControl(deps, (tx) => domain.choosePrimary(tx, baseHost, tenant.id, body.host, new URL(request.origin).hostname))),
      route(settingsContract.getUsage, async ({ tx, tenant }) => ({ limits: tenant.limits, usage: await countUsage(tx), ...await settings.offered(deps, tenant) })),
      route(deletionContract.getDeletion, ({ tx, actor }) => deletion.read(tx, actor)),
      route(deletionContract.requestDeletion, ({ tx, tenant, actor, body }) => deletion.request(tx, tenant, actor, body.name)),
      route(deletionContract.cancelDeletion, ({ tx, tenant }) => deletion.cancel(tx, tenant)),
      route(exportContract.requestTenantExport, ({ tx, tenant }) => exports.request(tx, tenant)),
      route(exportContract.listTenantExports, ({ tx }) => exports.list(tx, storage)),
      route(exportContract.getTenantExportFile, ({ tx, params }) => exports.read(tx, storage, params.tenantExportId)),
      route(settingsContract.listAuditEntries, ({ tx, query }) => auditEntries(tx, deps.subjectNames, query)),
      route(settingsContract.exportAuditEntries, ({ tx, query }) => exportAudit(tx, deps.subjectNames, query)),
    ],
    jobs: [deletion.announceDeletionJob({ ...deps, tenants: directory }), reminding, exports.exportTenantJob({ ...deps, tenants: directory }), counting, watching, domainNewsJob({ ...deps, tenants: directory })],
    purges: { 'tenancy.tenantExport': exports.deleteExpiredExports },
    schedules: [{ name: 'tenancy.remindOfDeletionHourly', cron: '41 * * * *', job: reminding, payload: {} }, { name: 'tenancy.countUsageHourly', cron: '0 * * * *', job: counting, payload: {} }, { name: 'tenancy.watchDomainsOften', cron: '*/10 * * * *', job: watching, payload: {} }],
  });
}
