/**
 * Every endpoint, asked wrongly in every way that we could think of, as a visitor, a learner, an administrator and an operator.
 * The requests follow from the contracts and a seed. `MILPA_SEED` asks others; a fault names the one request that shows it.
 */
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoint, id, locales, open, type AnyEndpoint } from '../../packages/kernel/contract.ts';
import { Problem, registerApi, route, type Route } from '../../packages/kernel/index.ts';
import { rowsOf } from '../../packages/testkit/endpoints.ts';
import { cookiesOf, testPassword, type Client, type Person } from '../../packages/testkit/index.ts';
import type { Words } from '../../packages/testkit/sample.ts';
import { makeScene, type Scene } from '../isolation/fixture.ts';
import { faultsOf } from './judge.ts';
import { casesOf, randomOf, type Case } from './requests.ts';

const seed = process.env['MILPA_SEED'] ?? '20261121';
/** `operation/person/number`: this request alone. */
const only = process.env['MILPA_FUZZ'];
const share = Number(process.env['MILPA_FUZZ_SHARE'] ?? 3);

interface Someone { name: string; client: Client; calls: (endpoint: AnyEndpoint) => boolean; tenantId: string; /** The other organisation’s ids that it may not touch. */ foreign: Words }

let scene: Scene;
let people: Someone[];
/** The other organisation, of which nobody here may learn anything. */
let foreign: { words: Words; tenantId: string; mark: string; accountIds: string[] };

beforeAll(async () => {
  scene = await makeScene();
  const { a, b, bed } = scene;
  const owner = await b.person('everything');
  const mark = 'mark-of-the-other-organisation';
  const course = (await owner.client.post('courses', { title: mark, language: 'es-MX', summary: mark, tags: [mark] })).body;
  const module = (await owner.client.post(`courses/${course.id}/modules`, { title: mark })).body;
  const lesson = (await owner.client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: mark, bodyHtml: `<p>${mark}</p>` })).body;
  await owner.client.post(`courses/${course.id}/publish`);
  const enrollment = (await owner.client.post(`courses/${course.id}/enrollments`)).body;
  const category = (await owner.client.post('categories', { name: mark })).body;
  const role = (await owner.client.post('roles', { key: mark, name: { en: mark }, persona: 'learner', permissions: [] })).body;
  await bed.runJobs();
  foreign = {
    mark, tenantId: b.tenant.id, accountIds: [owner.accountId],
    words: { tenantId: b.tenant.id, courseId: course.id, moduleId: module.id, lessonId: lesson.id, enrollmentId: enrollment.id, categoryId: category.id, parentId: category.id, roleId: role.id, roleIds: [role.id], memberId: owner.memberId },
  };
  const inTenant = ({ plane, access }: AnyEndpoint) => plane === 'tenant' || !(typeof access === 'object' && 'operator' in access);
  const [learner, admin] = [await a.person('learner'), await a.person('admin', 'everything')];
  const spare = await bed.tenant('academy');
  people = [
    { name: 'visitor', client: a.visitor, calls: inTenant, tenantId: a.tenant.id, foreign: foreign.words },
    { name: 'learner', client: await bySession(learner), calls: inTenant, tenantId: a.tenant.id, foreign: foreign.words },
    { name: 'admin', client: admin.client, calls: inTenant, tenantId: a.tenant.id, foreign: foreign.words },
    // Every organisation is an operator's to pause: one that nobody else here needs.
    { name: 'operator', client: await bed.operator(), calls: ({ plane }) => plane === 'control', tenantId: spare.tenant.id, foreign: { ...foreign.words, tenantId: undefined } },
  ];
}, 120_000);
afterAll(() => scene?.bed.close());

async function bySession({ email }: Person): Promise<Client> {
  const sameSite = { origin: `http://${scene.a.host}`, 'sec-fetch-site': 'same-origin' };
  const { headers } = await scene.a.visitor.post('sessions', { email, password: testPassword }, sameSite);
  return scene.a.visitor.with({ cookie: cookiesOf(headers['set-cookie']), ...sameSite });
}

/** Sessions end by what is asked here: they come back before the next endpoint, so that everybody stays who they are. */
async function keepingSessions(): Promise<() => Promise<void>> {
  const { rows } = await scene.bed.owner.query('select * from identity_control.session');
  return async () => { await scene.bed.owner.query('insert into identity_control.session select * from jsonb_populate_recordset(null::identity_control.session, $1) on conflict do nothing', [JSON.stringify(rows)]); };
}

async function fuzz(routes: readonly Route[], clientAt: (client: Client) => Client = (client) => client): Promise<{ asked: number; faults: string[] }> {
  const faults: string[] = [];
  const restore = await keepingSessions();
  let asked = 0;
  for (const { endpoint: asks } of routes) {
    for (const someone of people.filter(({ calls }) => calls(asks))) {
      await restore();
      const words = { ...scene.words, ...scene.secrets, tenantId: someone.tenantId };
      let cases: Case[];
      try {
        cases = casesOf(asks, { words, foreign: someone.foreign, foreignTenant: foreign.tenantId, share }, randomOf(`${seed} ${asks.id} ${someone.name}`));
      } catch (error) {
        faults.push(`${asks.id} cannot be asked: ${(error as Error).message}`);
        break;
      }
      for (const [index, request] of cases.entries()) {
        const name = `${asks.id}/${someone.name}/${index}`;
        if (only !== undefined && name !== only) continue;
        const locale = locales[index % locales.length]!;
        const { what, method, path, raw, headers } = request;
        const ask = { method, headers: { 'accept-language': locale, ...headers }, ...(raw === undefined ? {} : { raw }) };
        const answer = await clientAt(someone.client).ask(`/api/v1${path}`, ask).catch((error: Error) => `the connection broke: ${error.message}`);
        asked += 1;
        const found = typeof answer === 'string' ? [answer] : faultsOf(asks, request, answer, locale, [foreign.mark]);
        const outcome = typeof answer === 'string' ? '' : `${answer.status} ${answer.text.slice(0, 300)}`;
        for (const fault of found) faults.push(`${fault}: ${what} → ${outcome}   MILPA_SEED=${seed} MILPA_FUZZ='${name}' npx vitest run tests/fuzz`);
      }
    }
  }
  return { asked, faults };
}

const foreignRows = () => rowsOf(scene.bed.owner, { tenantId: foreign.tenantId, accountIds: foreign.accountIds });

test(`whatever is asked is answered well (MILPA_SEED=${seed})`, { timeout: 300_000 }, async () => {
  const before = await foreignRows();
  const { asked, faults } = await fuzz(scene.bed.application.api.routes);
  expect(faults).toEqual([]);
  expect([...(await foreignRows()).keys()].toSorted(), 'nothing of the other organisation changed').toEqual([...before.keys()].toSorted());
  if (only === undefined) expect(asked).toBeGreaterThan(scene.bed.application.api.routes.length * 30);
});

test.skipIf(only !== undefined)('faults that are planted are found', async () => {
  const planted = (name: string, handle: () => Promise<unknown>) => route(endpoint({
    id: `catalog.${name}`, method: 'POST', path: `/${name}/{courseId}`, summary: 'A planted fault', access: open('planted'),
    params: z.object({ courseId: id }), body: z.strictObject({ note: z.string() }), response: z.object({ title: z.string() }),
  }), handle as () => Promise<{ title: string }>);
  const faulty: Record<string, Route> = {
    'it broke': planted('breaks', async () => { throw new Error('inside'); }),
    'it shows another organisation’s': planted('shows', async () => (await scene.bed.owner.query('select title from catalog.course where tenant_id = $1', [foreign.tenantId])).rows[0]),
    'its code catalog.course_empty is not declared': planted('surprises', async () => { throw new Problem('catalog.course_empty'); }),
    'its code catalog.never_heard_of is registered nowhere': planted('invents', async () => { throw new Problem('catalog.never_heard_of'); }),
  };
  const server = Fastify();
  registerApi(server, { ...scene.bed.application.api, routes: Object.values(faulty) });
  await server.listen({ port: 0, host: '127.0.0.1' });
  try {
    const { port } = server.server.address() as AddressInfo;
    const { faults } = await fuzz(Object.values(faulty), (client) => client.at(port));
    for (const fault of Object.keys(faulty)) expect(faults.join('\n')).toContain(fault);
  } finally {
    await server.close();
  }
});

test('answers that break a rule are found', () => {
  const asks = endpoint({ id: 'catalog.any', method: 'GET', path: '/any', summary: 'Any', access: open('a test'), response: z.object({ title: z.string() }) });
  const request = { what: '', method: 'GET', path: '/any', headers: {} };
  const judged = (status: number, body: unknown, type = 'application/problem+json') =>
    faultsOf(asks, request, { status, headers: { 'content-type': type }, text: JSON.stringify(body), bytes: Buffer.alloc(0), body }, 'ar', ['mark']).join('; ');
  const good = new Problem('kernel.not_found').document('ar');
  expect(judged(404, good)).toBe('');
  expect(judged(200, { title: 'x' }, 'application/json')).toBe('');
  expect(judged(404, good, 'application/json')).toContain('no problem document');
  expect(judged(403, good)).toContain('it says 404');
  expect(judged(404, { ...good, title: 'Nothing here' })).toContain('not in ar but in en');
  expect(judged(404, { ...good, detail: 'Key violates unique constraint' })).toContain('its insides');
  expect(judged(404, { ...good, detail: 'Error\n    at run (/srv/api.ts:1:2)' })).toContain('its insides');
  expect(judged(404, { ...good, detail: 'mark' })).toContain('another organisation');
  expect(judged(404, { code: 'kernel.not_found' })).toContain('lacks something');
  expect(judged(500, good)).toContain('it broke');
  expect(judged(201, { title: 'x' }, 'application/json')).toContain('it is 201, not 200');
  expect(judged(200, {}, 'application/json')).toContain('not what it declares');
});
