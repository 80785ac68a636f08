/** The same request twice, as impatient people and bad networks send it; and two people at the same thing at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failedChecks, loadChecks } from '../../apps/server/housekeeping.ts';
import type { AnyEndpoint } from '../../packages/kernel/contract.ts';
import { requestFor, rowsOf } from '../../packages/testkit/endpoints.ts';
import { makeScene, type Scene } from '../isolation/fixture.ts';

let scene: Scene;
beforeAll(async () => { scene = await makeScene(); }, 120_000);
afterAll(() => scene?.bed.close());

/** Every change of the organisation, as the administrator may ask for it. What the fixture cannot ask is found by tests/isolation. */
function changes(isMeant: (endpoint: AnyEndpoint) => boolean = () => true) {
  const { bed, words, secrets } = scene;
  return bed.application.api.routes.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint.method !== 'GET' && endpoint.plane === 'tenant' && isMeant(endpoint))
    .flatMap((endpoint) => {
      try {
        const { path, ...request } = requestFor(endpoint, { ...words, ...secrets });
        return [{ endpoint, path: `/api/v1${path}`, request }];
      } catch {
        return [];
      }
    });
}

const rows = async () => [...(await rowsOf(scene.bed.owner, scene.victim)).keys()].toSorted();

test('every change that is sent twice with a key is made once, and answered the same', { timeout: 120_000 }, async () => {
  const faults: string[] = [];
  let repeated = 0;
  const all = changes(({ secret }) => !secret);
  for (const { endpoint, path, request } of all) {
    const ask = () => scene.admin.client.ask(path, { method: endpoint.method, ...request, headers: { ...request.headers, 'idempotency-key': key } });
    const key = randomUUID();
    const first = await ask();
    const before = await rows();
    const second = await ask();
    const what = `${endpoint.id}: ${first.status}, then ${second.status} ${second.text.slice(0, 100)}`;
    if (first.status >= 500 || second.status >= 500) faults.push(`breaks: ${what}`);
    if (first.status >= 300) continue;
    repeated += 1;
    if (second.status !== first.status || second.text !== first.text) faults.push(`answers otherwise: ${what}`);
    if (second.headers['idempotent-replayed'] !== 'true') faults.push(`does not say that it is a repetition: ${what}`);
    const after = await rows();
    const changed = after.filter((row) => !before.includes(row));
    if (changed.length > 0) faults.push(`changes again: ${what}; ${changed[0]!.slice(0, 200)}`);
  }
  expect(faults).toEqual([]);
  expect(repeated).toBeGreaterThan(all.length / 3);
});

test('a change that is sent twice without a key breaks nothing', { timeout: 120_000 }, async () => {
  const { bed, a, admin } = scene;
  for (const { endpoint, path, request } of changes()) {
    const answers = await Promise.all([1, 2].map(() => admin.client.ask(path, { method: endpoint.method, ...request })));
    for (const { status, text } of answers) expect(status, `${endpoint.id}: ${text}`).toBeLessThan(500);
  }
  await bed.runJobs();
  expect(await failedChecks(bed.application.database, a.tenant, loadChecks())).toEqual([]);
});

test('of two who change the same thing at once, the second is told', async () => {
  const { bed } = scene;
  const tenant = await bed.tenant();
  const [one, other] = [await tenant.person('admin'), await tenant.person('admin')];
  const role = (await one.client.post('roles', { key: 'helper', name: { en: 'Helper' }, persona: 'learner', permissions: [] })).body;
  const course = (await one.client.post('courses', { title: 'Together', language: 'en' })).body;
  const settings = (await one.client.get('settings')).body;
  const things: [path: string, version: number, change: object][] = [[`roles/${role.id}`, role.version, { name: { en: 'Changed' } }], [`courses/${course.id}`, course.version, { summary: 'Changed' }], ['settings', settings.version, { tagline: 'Changed' }]];
  for (const [path, version, change] of things) {
    const answers = await Promise.all([one, other].map(({ client }) => client.patch(path, change, { 'if-match': `"${version}"` })));
    expect(answers.map(({ status }) => status).toSorted(), path).toEqual([200, 412]);
    expect(answers.find(({ status }) => status === 412)!.body).toMatchObject({ code: 'kernel.version_conflict' });
  }
});
