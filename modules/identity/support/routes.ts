import { controlRoute, Problem, route, type MailPort, type RequestContext, type Route } from '@milpa/kernel';
import type { Budget } from '../account-endpoints/budgets.ts';
import { problems } from '../problems.ts';
import * as access from './access.ts';
import * as contract from './contract.ts';
import { approve, doorOf, enter, leave, openTenant, operatorOf, prepare, type SupportDependencies } from './session.ts';

export interface SupportRoutesOptions extends SupportDependencies { mail: MailPort; budget: Budget }

export function supportRoutes({ budget, ...dependencies }: SupportRoutesOptions): Route[] {
  const { database, tenants } = dependencies;
  const operatorIn = async (tx: Parameters<typeof operatorOf>[0], { actor }: RequestContext) => {
    const operator = actor.accountId === null ? undefined : await operatorOf(tx, actor.accountId);
    if (!operator) throw new Problem(problems.support_not_allowed);
    return operator;
  };
  return [
    route(contract.listSupportAccesses, ({ tx }) => access.list(tx)),
    route(contract.grantSupport, ({ tx, actor, body }) => access.grant(tx, actor, body)),
    route(contract.allowSupport, ({ tx, actor, params, body }) => access.allow(tx, actor, params.supportAccessId, body)),
    route(contract.refuseSupport, ({ tx, actor, params }) => access.refuse(tx, actor, params.supportAccessId)),
    route(contract.endSupport, ({ tx, actor, params }) => access.end(tx, actor, params.supportAccessId)),

    controlRoute(contract.getTenantSupport, async ({ tx, request, params }) => {
      const tenant = await openTenant(tenants, params.tenantId);
      const { accountId, twoFactor } = await operatorIn(tx, request);
      const [alive, waiting] = await database.readTenant(tenant, request.actor, (data) => Promise.all([access.livingAccess(data, accountId), access.waitingRequest(data)]));
      return { tenantName: tenant.name, access: alive, request: waiting, twoFactor, door: doorOf(dependencies, tenant) };
    }),
    // The organisation's rows are in another plane: they are written first, and a failure after that leaves a question which may be asked again.
    controlRoute(contract.requestSupport, async ({ tx, request, params, body }) => {
      const tenant = await openTenant(tenants, params.tenantId);
      const operator = await operatorIn(tx, request);
      return database.withTenant(tenant, request.actor, (data) => access.ask(data, operator, body));
    }),
    controlRoute(contract.approveSupport, async ({ tx, request, params, body }) => {
      await budget(request, 'support');
      return approve(tx, dependencies, request, params.tenantId, body.challenge);
    }),

    route(contract.prepareSupport, async ({ tenant, request, reply }) => {
      await budget(request, 'support');
      const { url, cookie } = prepare(dependencies, tenant);
      reply.cookies.push(cookie);
      return { url };
    }),
    route(contract.enterSupport, async ({ tx, request, reply, body }) => {
      await budget(request, 'support');
      const { cookies, ...entered } = await enter(tx, dependencies, request, body.code);
      reply.cookies.push(...cookies);
      return entered;
    }),
    route(contract.leaveSupport, async ({ tx, request, reply }) => { reply.cookies.push(...await leave(tx, dependencies, request)); }),
  ];
}
