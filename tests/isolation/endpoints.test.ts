/** Every endpoint, the day it is registered: declared whole, and closed to everybody whom it is not for. */
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as blueprints from '../../blueprints/schema.ts';
import { Problem, registerApi, route, routeOwned, sql, type Route, type Tx } from '../../packages/kernel/index.ts';
import { endpoint, id, type EndpointDefinition } from '../../packages/kernel/contract.ts';
import { declarationFaults, requestFor, rowsOf, walkEndpoints, type Declared } from '../../packages/testkit/endpoints.ts';
import { makeScene, type Scene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => { scene = await makeScene(); }, 120_000);
afterAll(() => scene?.bed.close());

async function declared(): Promise<Declared> {
  const { api, modules } = scene.bed.application;
  return { routes: api.routes, modules, granted: new Set(blueprints.blueprintKeys.flatMap((key) => blueprints.loadBlueprint(key).roles.flatMap((role) => role.permissions))), openApi: (await scene.a.visitor.get('openapi.json')).body };
}

test('every endpoint is declared whole', async () => {
  expect(declarationFaults(await declared())).toEqual([]);
});

test('the fixture’s values are real: who may read everything reads every one of them', async () => {
  const secrets = { ...scene.words, ...scene.secrets };
  const reads = scene.bed.application.api.routes.filter(({ endpoint }) => endpoint.method === 'GET' && endpoint.plane === 'tenant');
  const refused: string[] = [];
  for (const { endpoint } of reads) {
    const { path } = requestFor(endpoint, endpoint.id === 'catalog.listRelatedCourses' ? { ...secrets, courseId: scene.openCourseId } : secrets);
    const { status } = await (endpoint.fresh ? scene.browser : scene.admin.client).ask(`/api/v1${path}`);
    if (status !== 200) refused.push(`${endpoint.id} → ${status}: the fixture lacks what it reads`);
  }
  expect(refused).toEqual([]);
});

test('nobody sees or changes what is another’s, through any endpoint', async () => {
  const { faults, calls } = await walkEndpoints({ ...scene, routes: scene.bed.application.api.routes, owner: scene.bed.owner });
  expect(faults).toEqual([]);
  expect(calls).toBeGreaterThan(scene.bed.application.api.routes.length * 8);
}, 180_000);

test('what is sensitive wants a proof of at most ten minutes, and takes no token', async () => {
  const sensitive = scene.bed.application.api.routes.filter(({ endpoint }) => endpoint.fresh);
  expect(sensitive.map(({ endpoint }) => endpoint.id)).toEqual(expect.arrayContaining([
    'identity.addPasskey', 'identity.beginPasskey', 'identity.beginTwoFactor', 'identity.changeEmail', 'identity.changePassword', 'identity.createBackupCodes', 'identity.deleteAccount', 'identity.disableTwoFactor',
    'identity.allowSupport', 'identity.getDataExport', 'identity.grantSupport', 'identity.leaveTenant', 'identity.mergeMembers', 'identity.removePasskey', 'tenancy.closeTenant', 'tenancy.getTenantExportFile', 'tenancy.removeDomain', 'tenancy.removeOwnDomain', 'tenancy.requestDeletion', 'tenancy.requestTenantExport', 'tenancy.resumeTenant',
    'tenancy.setPrimaryDomain', 'tenancy.suspendTenant', 'tenancy.updatePlan', 'tenancy.updateTenant',
  ]));
  const stale = await scene.a.browse(scene.admin);
  const victim = { ...scene.victim };
  const before = await rowsOf(scene.bed.owner, victim);
  scene.bed.clock.advance(11 * 60_000);
  const isOperators = ({ access }: Route['endpoint']) => typeof access === 'object' && 'operator' in access;
  for (const { endpoint } of sensitive.filter((each) => !isOperators(each.endpoint))) {
    const { path, ...rest } = requestFor(endpoint, { ...scene.words, ...scene.secrets });
    for (const [client, code] of [[scene.admin.client, 'kernel.session_required'], [stale, 'kernel.confirmation_required']] as const) {
      const { status, body } = await client.ask(`/api/v1${path}`, { method: endpoint.method, ...rest });
      expect([status, body.code], endpoint.id).toEqual([403, code]);
    }
    expect(endpoint.errors, endpoint.id).toEqual(expect.arrayContaining(['kernel.session_required', 'kernel.confirmation_required']));
  }
  scene.bed.clock.advance(-11 * 60_000);
  expect(await rowsOf(scene.bed.owner, victim)).toEqual(before);
});

describe('faults that are planted', () => {
  const params = z.object({ courseId: id });
  const answer = z.object({ data: z.array(z.object({ title: z.string() })) });
  const courseOf = (row: { ownerMemberId: string | null }) => row.ownerMemberId;
  const planted = (definition: Partial<EndpointDefinition<any, any, any, any>>) =>
    endpoint({ id: 'catalog.planted', method: 'POST', path: '/planted/{courseId}', summary: 'A planted fault', access: 'course:update', params, response: answer, ...definition });
  const rename = (tx: Tx, courseId: string) => tx.updateTable('catalog.course').set({ version: sql`version + 1` }).where('id', '=', courseId).returning('title').execute();
  const walked = async (...routes: Route[]) => {
    const server = Fastify();
    registerApi(server, { ...scene.bed.application.api, routes });
    await server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.server.address() as AddressInfo;
    try {
      return (await walkEndpoints({ ...scene, intruders: scene.intruders.map((intruder) => ({ ...intruder, client: intruder.client.at(port) })), routes, owner: scene.bed.owner })).faults;
    } finally {
      await server.close();
    }
  };
  const rulesOf = (faults: { rule: string }[]) => new Set(faults.map(({ rule }) => rule));

  test('an endpoint without a permission', async () => {
    const route: Route = { endpoint: planted({ access: undefined as never }), ownership: null, handle: async () => ({ data: [] }) };
    expect(rulesOf(declarationFaults({ ...await declared(), routes: [route] }))).toContain('it names a permission, or who may call it and why');
    expect(rulesOf(await walked(route))).toContain('it does not break');
  });

  test('a permission that nobody lists and nobody can have', async () => {
    const rules = rulesOf(declarationFaults({ ...await declared(), routes: [route(planted({ access: 'course:conquer' }), async () => ({ data: [] }))] }));
    expect(rules).toContain('its permission is in a module’s list');
    expect(rules).toContain('its permission is in a role of a blueprint');
  });

  test('a proof of who one is, asked of anybody', async () => {
    const route: Route = { endpoint: planted({ access: { public: 'by mistake' }, fresh: true }), ownership: null, handle: async () => ({ data: [] }) };
    expect(rulesOf(declarationFaults({ ...await declared(), routes: [route] }))).toContain('what wants a proof of who one is wants somebody signed in');
  });

  test('a code that has no text, an address that is not documented, an id twice, ownership that is not decided, a password that would be kept', async () => {
    const twice = { endpoint: planted({ access: 'course:update:own', body: z.strictObject({ newPassword: z.string() }), errors: ['catalog.no_such_code'] }), ownership: null, handle: async () => ({ data: [] }) };
    const rules = rulesOf(declarationFaults({ ...await declared(), routes: [twice, twice] }));
    for (const rule of ['its error codes are registered', 'it is in the OpenAPI document', 'its id and address are its own', 'it says how ownership is decided', 'what takes or gives secrets says so']) expect(rules).toContain(rule);
  });

  test('a handler that claims to touch nothing but the actor’s own', async () => {
    const faults = await walked(routeOwned(planted({ access: 'course:update:own' }), { actor: 'says so' }, async ({ tx, params: { courseId } }) => ({ data: await rename(tx, courseId) })));
    expect(rulesOf(faults)).toEqual(new Set(['strangers are refused', 'no row of another changes']));
  });

  test('a handler that anybody with an account may call', async () => {
    const open = planted({ access: { account: 'it is not what it says' } });
    expect(rulesOf(await walked(route(open, async ({ tx, params: { courseId } }) => ({ data: await rename(tx, courseId) }))))).toContain('no row of another changes');
  });

  test('nothing is reported of an owner who is compared, nor of one who was forgotten in the query', async () => {
    for (const columns of [['id', 'ownerMemberId'], ['id']] as const) {
      const resource = async (tx: Tx, { params: { courseId } }: any) => (await tx.selectFrom('catalog.course').select(columns).where('id', '=', courseId).executeTakeFirst()) as any ?? null;
      const own = routeOwned(planted({ access: 'course:update:own' }), { resource, notFound: 'catalog.course_not_found', ownerId: courseOf }, async ({ tx, params: { courseId } }) => ({ data: await rename(tx, courseId) }));
      expect(await walked(own)).toEqual([]);
    }
  });

  test('a handler that reads as the owner of the tables', async () => {
    const read = planted({ method: 'GET', access: 'course:read' });
    const faults = await walked(route(read, async ({ params: { courseId } }) => ({ data: (await scene.bed.owner.query('select title from catalog.course where id = $1', [courseId])).rows })));
    expect(rulesOf(faults)).toEqual(new Set(['strangers are refused', 'nothing is seen']));
  });

  test('a list that shows every tenant’s rows', async () => {
    const list = planted({ method: 'GET', path: '/planted', access: 'course:read', params: undefined as never });
    expect(rulesOf(await walked(route(list, async () => ({ data: (await scene.bed.owner.query('select title from catalog.course')).rows }))))).toEqual(new Set(['nothing is seen']));
  });

  test('a handler that writes as the owner of the tables', async () => {
    const faults = await walked(route(planted({}), async ({ params: { courseId } }) => {
      await scene.bed.owner.query('update catalog.course set version = version + 1 where id = $1', [courseId]);
      throw new Problem('catalog.course_not_found');
    }));
    expect(rulesOf(faults)).toEqual(new Set(['no row of another changes']));
  });

  test('a parameter that the fixture does not know is asked for', async () => {
    const unknown = planted({ path: '/planted/{harvestId}', params: z.object({ harvestId: id }) });
    expect(await walked(route(unknown, async () => ({ data: [] })))).toEqual([expect.objectContaining({ rule: 'the fixture can call it', detail: expect.stringContaining('{harvestId}') })]);
  });
});
