import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitPressure, type Pressure } from './pressure.ts';
import { refuseUnreadable } from './unreadable.ts';

let app: FastifyInstance;
let pressure: Pressure;
/** Ends the requests that wait, in the order in which they came. */
let waiting: (() => void)[];

beforeEach(() => {
  waiting = [];
  app = Fastify({ clientErrorHandler: refuseUnreadable });
  pressure = limitPressure(app, 2);
  const wait = () => new Promise<string>((resolve) => { waiting.push(() => resolve('done')); });
  app.route({ method: ['GET', 'POST'], url: '/work', config: { operation: 'work' }, handler: wait });
  app.get('/health', { config: { operation: 'health', always: true } }, async () => 'well');
});
afterEach(() => app.close());

const work = (headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') => app.inject({ method, url: '/work', headers }).then((answer) => answer);
const begun = async (count: number) => { while (waiting.length < count) await setImmediate(); };

test('past the limit requests are refused at once, and served again when there is room', async () => {
  const served = [work(), work()];
  await begun(2);
  const refused = await work();
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, expect.stringMatching(/^[1-3]$/)]);
  expect((await app.inject('/health')).body).toBe('well');
  waiting[0]!();
  await served[0];
  const next = work();
  await begun(3);
  for (const end of waiting) end();
  expect((await Promise.all([...served, next])).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(pressure.pending()).toBe(0);
});

test('a sender of a file takes no place', async () => {
  const sending = [work({ 'content-length': '5000000' }, 'POST'), work({ 'transfer-encoding': 'chunked' }, 'POST')];
  void Promise.allSettled(sending);
  await setImmediate();
  expect(pressure.pending()).toBe(0);
});

test('who goes away before the answer leaves its place', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /work HTTP/1.1\r\nHost: x\r\n\r\n');
  await begun(1);
  expect(pressure.pending()).toBe(1);
  socket.destroy();
  await vi.waitFor(() => expect(pressure.pending()).toBe(0), { timeout: 20_000 });
});

test('work that can wait does so until half of the places are free', async () => {
  const served = [work(), work()];
  await begun(2);
  let isEased = false;
  const eased = pressure.eased().then(() => { isEased = true; });
  await setImmediate();
  expect(isEased).toBe(false);
  waiting[0]!();
  await eased;
  waiting[1]!();
  await Promise.all(served);
});

test.each([['no HTTP', 'nonsense\r\n\r\n'], ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`], ['a method that is none', 'SOW / HTTP/1.1\r\nHost: x\r\n\r\n']])('%s is refused as a problem, and the connection ends', async (_, bytes) => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket: Socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => { answer += chunk.toString(); });
  socket.write(bytes);
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\ncontent-type: application\/problem\+json\r\n/);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status: 400, code: 'kernel.malformed_request' });
});
