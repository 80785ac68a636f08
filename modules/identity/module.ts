import {
  controlRoute, defineModule, defineJob, olderThan, Problem, route, routeOwned, sql, systemActor, versionOf, withVersion,
  type Clock, type Database, type MailPort, type MemberData, type Module, type RateLimiter, type Tenant, type TenantDirectory,
} from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import { z } from 'zod';
import type { Auth } from './account/auth.ts';
import { deleteExpired } from './account/queries.ts';
import { budgetsOver } from './account-endpoints/budgets.ts';
import { problems } from './problems.ts';
import { accountRoutes } from './account-endpoints/routes.ts';
import * as bulkContract from './bulk-invitation/contract.ts';
import * as bulk from './bulk-invitation/bulk-invitation.ts';
import { bulkInvitationJob } from './bulk-invitation/job.ts';
import * as invitationContract from './invitation/contract.ts';
import * as invitation from './invitation/invitation.ts';
import { invitationMailJob, invitationTokens } from './invitation/mail.ts';
import { accountMailJob } from './mail/account-mail.ts';
import * as memberContract from './member/contract.ts';
import * as mergeContract from './merge/contract.ts';
import * as merging from './merge/merge.ts';
import { droppedArchives, mergedRoles } from './merge/steps.ts';
import { emailChangeJob } from './member/email-change.ts';
import * as member from './member/member.ts';
import * as picture from './member/picture.ts';
import { setUpOperator } from './operator/contract.ts';
import { setUp } from './operator/setup.ts';
import * as personalContract from './personal/contract.ts';
import * as dataExport from './personal/data-export.ts';
import * as leaving from './personal/leaving.ts';
import { answering, visitOf } from './account-endpoints/answer.ts';
import * as roleContract from './role/contract.ts';
import * as role from './role/role.ts';
import * as tokenContract from './token/contract.ts';
import { announceSupportJob } from './support/mail.ts';
import { supportRoutes } from './support/routes.ts';
import { deleteExpiredSupport } from './support/session.ts';
import { tokenKeys } from './token/jwt.ts';
import * as token from './token/token.ts';

export interface IdentityOptions {
  database: Database;
  auth: Auth;
  mail: MailPort;
  storage: Storage;
  /** The same that `makeAuthenticator` and `accountMailer` are given. */
  secret: string;
  clock: Clock;
  rateLimiter: RateLimiter;
  tenants: TenantDirectory & { all(options?: { suspended?: boolean; closed?: boolean }): AsyncIterable<Tenant> };
  /** Scheme, host and port of a tenant's pages. */
  originOf: (tenant: Tenant) => string;
  /** Scheme, host and port of the installation's own pages. */
  operatorOrigin: string;
  /** The permissions of all modules; asked when roles are changed, so that modules composed later count. */
  permissions: () => readonly string[];
  /** Those of them that the role `visitor` may hold; the same that `makeAuthenticator` is given. */
  visitorPermissions: () => readonly string[];
  /** The roles that organisations of a blueprint begin with. */
  blueprintRoles: (blueprint: string) => readonly role.RoleDefinition[];
  /** What all modules have of members. */
  memberData: () => readonly MemberData[];
  /** For what is on its way; private. */
  workDirectory: string;
}

export function identityModule(options: IdentityOptions): Module {
  const { database, auth, mail, storage, secret, clock, tenants, originOf, permissions, visitorPermissions, memberData, workDirectory } = options;
  const budget = budgetsOver(options.rateLimiter);
  const tokens = invitationTokens(secret);
  const tokenOptions = { database, auth, keys: tokenKeys(secret), visitorPermissions };
  const known: role.KnownPermissions = { get all() { return permissions(); }, get visitors() { return visitorPermissions(); } };
  const accountIdOf = (actor: { accountId: string | null }): string => {
    if (actor.accountId === null) throw new Problem(problems.signed_out);
    return actor.accountId;
  };
  const accepting = (): invitation.Accepting => ({ auth, tokens, visitors: visitorPermissions() });
  /** Where it cannot be now (by invitation only, or full), the organisation's door says so later. */
  const welcome = async (tenant: Tenant, accountId: string): Promise<void> => {
    await database.withTenant(tenant, { ...systemActor, kind: 'account', accountId }, (tx) => invitation.joinHere(tx, tenant, accepting(), accountId))
      .catch((error: unknown) => { if (!(error instanceof Problem)) throw error; });
  };
  const tidy = defineJob({
    name: 'identity.deleteExpired', payload: z.object({}), maxAttempts: 3,
    async run() {
      await deleteExpired(auth);
      await deleteExpiredSupport(database);
    },
  });

  const leavingOf: leaving.LeavingDependencies = { database, auth, tenants, memberData, originOf };
  const finishing = leaving.leavingJob(leavingOf);

  return defineModule({
    name: 'identity',
    secretColumns: { 'identity.invitation': ['token_hash'], 'identity.refresh_token': ['token_hash'] },
    memberData: {
      'identity.data_export': { member_id: ['own', droppedArchives] },
      'identity.departure': { member_id: ['own', 'drop'] },
      'identity.refresh_token': { member_id: ['own', 'drop'] },
      'identity.member_role': { member_id: ['own', mergedRoles] },
      'identity.bulk_invitation': { member_id: ['mark', 'move'] },
      'identity.invitation': { invited_by: ['mark', 'stay'], accepted_by: ['mark', 'stay'] },
      'identity.support_access': { decided_by: ['mark', 'stay'], ended_by: ['mark', 'stay'] },
      'identity.member': { merged_into: ['mark', 'move'] },
    },
    permissions: ['member:read', 'member:update', 'member:merge', 'invitation:create', 'invitation:read', 'role:read', 'role:update', 'profile:update:own', 'support:manage'],
    supportPermissions: ['member:read', 'invitation:read', 'role:read'],
    routes: [
      ...accountRoutes({ database, auth, budget, welcome }),

      route(memberContract.joinTenant, ({ tx, tenant, actor }) => invitation.joinHere(tx, tenant, accepting(), accountIdOf(actor))),
      route(invitationContract.getMembershipOffer, ({ tx, tenant, actor }) => invitation.offer(tx, tenant, auth, accountIdOf(actor))),
      route(memberContract.getMembership, ({ tx, actor }) => member.membershipOf(tx, accountIdOf(actor), visitorPermissions())),
      routeOwned(memberContract.updateMembership, { actor: 'changes the actor’s own member' }, ({ tx, actor, body }) => member.updateOwn(tx, actor, visitorPermissions(), body)),
      routeOwned(memberContract.putPicture, { actor: 'changes the actor’s own member' }, ({ tx, tenant, actor, body }) => picture.put(tx, tenant, storage, actor, body)),
      routeOwned(memberContract.deletePicture, { actor: 'changes the actor’s own member' }, ({ tx, actor }) => picture.remove(tx, actor)),
      route(memberContract.getPicture, ({ tx, actor, params }) => picture.read(tx, storage, actor, params.memberId)),
      route(memberContract.listMembers, ({ tx, query }) => member.list(tx, query)),
      route(memberContract.getMember, async ({ tx, actor, params, reply }) => withVersion(reply, await member.getMember(tx, actor, params.memberId))),
      route(memberContract.updateMember, async ({ tx, tenant, actor, params, body, request, reply }) => withVersion(reply, await member.update(tx, tenant, actor, params.memberId, versionOf(request.ifMatch), body))),

      route(mergeContract.previewMerge, ({ tx, actor, params, query }) => merging.preview(tx, memberData(), actor, { into: params.memberId, from: query.fromMemberId })),
      route(mergeContract.mergeMembers, ({ tx, actor, request, params, body }) => merging.merge(tx, memberData(), actor, request.requestId, params.memberId, body)),

      route(roleContract.listRoles, ({ tx }) => role.list(tx)),
      route(roleContract.getRole, async ({ tx, params, reply }) => withVersion(reply, await role.getRole(tx, params.roleId))),
      route(roleContract.listPermissions, async () => ({ data: permissions().toSorted() })),
      route(roleContract.createRole, async ({ tx, actor, body, reply }) => withVersion(reply, await role.create(tx, actor, known, body))),
      route(roleContract.updateRole, async ({ tx, actor, params, body, request, reply }) => withVersion(reply, await role.update(tx, actor, known, params.roleId, versionOf(request.ifMatch), body))),
      route(roleContract.compareRole, ({ tx, tenant, params }) => role.compare(tx, options.blueprintRoles(tenant.blueprint), params.roleId)),
      route(roleContract.restoreRole, async ({ tx, tenant, actor, params, request, reply }) => withVersion(reply, await role.restore(tx, actor, known, options.blueprintRoles(tenant.blueprint), params.roleId, versionOf(request.ifMatch)))),
      route(roleContract.deleteRole, ({ tx, actor, params, query, request }) => role.remove(tx, actor, params.roleId, versionOf(request.ifMatch), query)),

      route(invitationContract.createInvitation, async ({ tx, tenant, actor, request, body }) => {
        await budget(request, 'invite', actor.memberId ?? undefined);
        return invitation.create(tx, tenant, actor, tokens, body);
      }),
      route(bulkContract.uploadBulkInvitation, ({ tx, tenant, query, body }) => bulk.fromFile(tx, tenant, body, query.name, { roleId: query.roleId, locale: query.locale })),
      route(bulkContract.pasteBulkInvitation, ({ tx, tenant, body }) => bulk.draft(tx, tenant, body.text, '', { roleId: body.roleId, locale: body.locale })),
      route(bulkContract.listBulkInvitations, ({ tx, query }) => bulk.list(tx, query)),
      route(bulkContract.getBulkInvitation, ({ tx, params }) => bulk.get(tx, params.bulkInvitationId)),
      route(bulkContract.listBulkInvitationLines, ({ tx, params, query }) => bulk.lines(tx, params.bulkInvitationId, query)),
      route(bulkContract.exportBulkInvitation, ({ tx, params }) => bulk.report(tx, params.bulkInvitationId)),
      route(bulkContract.startBulkInvitation, ({ tx, tenant, params }) => bulk.start(tx, tenant, params.bulkInvitationId)),
      route(bulkContract.discardBulkInvitation, ({ tx, params }) => bulk.discard(tx, params.bulkInvitationId)),
      route(invitationContract.listInvitations, ({ tx, query }) => invitation.list(tx, query)),
      route(invitationContract.revokeInvitation, ({ tx, actor, params }) => invitation.withdraw(tx, actor, params.invitationId)),
      route(invitationContract.getInvitation, async ({ tx, tenant, request, params }) => {
        await budget(request, 'invitation');
        return invitation.preview(tx, tenant, accepting(), params.token);
      }),
      route(invitationContract.acceptInvitation, async ({ tx, tenant, actor, request, params }) => {
        await budget(request, 'invitation');
        return invitation.accept(tx, tenant, accepting(), accountIdOf(actor), params.token);
      }),
      route(invitationContract.acceptAsNewcomer, async ({ tx, tenant, request, reply, params, body }) => {
        await budget(request, 'invitation');
        const { membership, setCookies } = await invitation.acceptNew(tx, tenant, accepting(), request, params.token, body);
        reply.cookies.push(...setCookies);
        return membership;
      }),

      route(tokenContract.createToken, async ({ tx, request, body }) => {
        await budget(request, 'signIn');
        return token.create(tx, tokenOptions, request, body);
      }),
      route(tokenContract.refreshTokens, async ({ tenant, request, body }) => {
        await budget(request, 'signIn');
        return token.refresh(tenant, tokenOptions, body.refreshToken);
      }),
      route(tokenContract.endTokens, ({ tx, body }) => token.end(tx, body.refreshToken)),

      route(personalContract.requestDataExport, async ({ tx, tenant, actor, request }) => {
        await budget(request, 'dataExport', actor.memberId ?? undefined);
        return dataExport.request(tx, tenant, actor);
      }),
      route(personalContract.listDataExports, async ({ tx, actor }) => ({ data: await dataExport.list(tx, actor) })),
      route(personalContract.getDataExport, ({ tx, actor, params }) => dataExport.read(tx, storage, actor, params.exportId)),
      route(personalContract.getDeparture, ({ tx, actor }) => leaving.departureOf(tx, actor)),
      route(personalContract.leaveTenant, ({ tx, tenant, actor }) => leaving.leave(tx, leavingOf, tenant, actor)),
      route(personalContract.stay, ({ tx, actor }) => leaving.stay(tx, actor)),
      controlRoute(personalContract.getAccountDeletion, ({ request }) => answering(() => leaving.deletionOf(leavingOf, visitOf(request)))),
      controlRoute(personalContract.deleteAccount, async ({ request }) => {
        await budget(request, 'secret');
        return answering(() => leaving.deleteAccount(leavingOf, visitOf(request)));
      }),
      controlRoute(personalContract.keepAccount, ({ request }) => answering(() => leaving.keepAccount(leavingOf, visitOf(request)))),

      ...supportRoutes({ ...options, budget }),

      controlRoute(setUpOperator, async ({ request, body }) => {
        await budget(request, 'setup');
        return setUp(database, auth, body);
      }),
    ],
    jobs: [accountMailJob({ mail, secret, clock, tenants, appName: auth.appName }), invitationMailJob({ database, auth, tenants, mail, tokens, originOf }), bulkInvitationJob({ database, tenants, tokens }), emailChangeJob({ database, auth, tenants }), announceSupportJob(options), dataExport.dataExportJob({ database, auth, storage, tenants, workDirectory, memberData, originOf }), finishing, tidy],
    purges: {
      // Used ones stay until they expire, so that their reuse is noticed.
      'identity.refreshToken': olderThan(0, 'identity.refreshToken', 'expiresAt'),
      'identity.dataExport': dataExport.deleteExpiredExports,
      // Addresses of people who may never have come: kept for the report, and to be invited again.
      'identity.bulkInvitation': olderThan(90, 'identity.bulkInvitation', 'createdAt', sql`status <> 'running'`),
      'identity.invitation': olderThan(180, 'identity.invitation', 'expiresAt', sql`status <> 'accepted'`),
    },
    schedules: [
      { name: 'identity.deleteExpiredDaily', cron: '27 3 * * *', job: tidy, payload: {} },
      { name: 'identity.finishLeavingHourly', cron: '12 * * * *', job: finishing, payload: {} },
    ],
  });
}
