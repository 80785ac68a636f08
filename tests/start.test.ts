/** The product as a user starts it: on its own database, killed, stopped, misconfigured. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { makeClient } from '@milpa/testkit/client';
import { afterEach, expect, test } from 'vitest';
import { childrenOf, cleanUp, databaseProcesses, end, isRunning, launch, newFolder, signedIn, start } from './support/server.ts';

afterEach(cleanUp);

test('five organisations stand after the first start; a killed server loses nothing; a stopped one leaves nothing behind', { timeout: 180_000 }, async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  for (const tenant of ['academy', 'marketplace', 'association', 'fund']) {
    const { body } = await first.client(`${tenant}.localhost`).get('courses');
    expect(body.data.length, tenant).toBeGreaterThan(0);
  }
  const pupil = await signedIn(first, 'school', 'pupil@school.example');
  expect((await pupil.get('enrollments')).body.data).toHaveLength(2);

  const instructor = await signedIn(first, 'academy', 'instructor@academy.example');
  const made = await instructor.post('courses', { title: 'Acknowledged', language: 'en' });
  expect(made.status).toBe(201);
  await end(first, 'SIGKILL');
  expect(databaseProcesses(dataDir).length, 'the database outlives a killed server').toBeGreaterThan(0);

  const second = await start(dataDir);
  const again = await signedIn(second, 'academy', 'instructor@academy.example');
  expect((await again.get(`courses/${made.body.id}`)).body.title).toBe('Acknowledged');
  expect(await end(second, 'SIGTERM')).toBe(0);
  expect(databaseProcesses(dataDir)).toEqual([]);

  const third = await start(dataDir);
  expect((await third.client('academy.localhost').get('courses')).body.data).toHaveLength(3);
  expect(await end(third, 'SIGINT')).toBe(0);
  expect(databaseProcesses(dataDir)).toEqual([]);
});

test('with several processes the limits and numbers are those of all, one that dies is replaced, and all end together', { timeout: 120_000 }, async () => {
  const dataDir = newFolder();
  const server = await start(dataDir, { WORKERS: '2', RATE_LIMIT_ADDRESS: '30' });
  const workers = childrenOf(server.child.pid!);
  expect(workers).toHaveLength(2);
  // Each on a connection of its own, so that they come to both.
  const { get: ask } = makeClient(server.port, `academy.localhost:${server.port}`, { connection: 'close' });
  const statuses = (await Promise.all(Array.from({ length: 50 }, () => ask('/api/v1/courses')))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  const counted = [...(await ask('/metrics')).text.matchAll(/^milpa_requests_total\{operation="catalog\.listCourses",status="\d+"\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(counted).toBe(50);

  process.kill(workers[0]!, 'SIGKILL');
  await expect.poll(() => childrenOf(server.child.pid!).filter((pid) => pid !== workers[0]).length, { timeout: 30_000 }).toBe(2);
  await expect.poll(async () => (await Promise.all(Array.from({ length: 4 }, () => ask('/ready').catch(() => ({ status: 0 }))))).map(({ status }) => status), { timeout: 30_000 }).toEqual([200, 200, 200, 200]);

  const replaced = childrenOf(server.child.pid!);
  await end(server, 'SIGKILL');
  await expect.poll(() => replaced.filter(isRunning), { timeout: 30_000 }).toEqual([]);
  const again = await start(dataDir, { WORKERS: '2' });
  expect(await end(again, 'SIGTERM')).toBe(0);
  expect(databaseProcesses(dataDir)).toEqual([]);
});

test('in production there are no demo people, and the first visit makes the operator with the code of the log', { timeout: 120_000 }, async () => {
  const server = await start(newFolder(), { NODE_ENV: 'production', HOST: '127.0.0.1', BASE_URL: 'http://milpa.test' });
  const code = /works once: (\S+)/.exec(server.output())?.[1];
  expect(server.output()).not.toContain('.example');
  const client = makeClient(server.port, 'milpa.test', { 'sec-fetch-site': 'same-origin' });
  expect((await client.get('/dev/mail')).status).toBe(404);
  expect((await makeClient(server.port, 'academy.milpa.test').get('courses')).status).toBe(404);
  const operator = { email: 'first@example.test', name: 'First Operator', password: 'la semilla duerme bajo tierra' };
  expect((await client.post('operator-setup', { ...operator, code: 'WRON-GCOD-EWRO-NGCO' })).status).not.toBe(201);
  expect((await client.post('operator-setup', { ...operator, code })).status).toBe(201);
  expect((await client.post('operator-setup', { ...operator, email: 'second@example.test', code })).status).not.toBe(201);
});

test('a wrong value stops the start with a message that names it', async () => {
  const { child, output } = launch({ PORT: 'eighty', MILPA_DATA: newFolder() });
  const [code] = await once(child, 'exit');
  expect(code).toBe(78);
  expect(output()).toMatch(/PORT is "eighty"/);
});

test('a port that is taken is named, and no database is left', { timeout: 120_000 }, async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dataDir = newFolder();
  const { child, output } = launch({ PORT: String(port), MILPA_DATA: dataDir }, '--no-demo');
  const [code] = await once(child, 'exit');
  server.close();
  expect(code).toBe(1);
  expect(output()).toContain(String(port));
  expect(databaseProcesses(dataDir)).toEqual([]);
});
