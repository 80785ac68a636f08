import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, expect, test } from 'vitest';
import { openDoors } from './doors.ts';

const host = '127.0.0.1';
let server: FastifyInstance;
let arrived: PromiseWithResolvers<void>;
let go: PromiseWithResolvers<void>;
beforeEach(() => {
  [arrived, go] = [Promise.withResolvers(), Promise.withResolvers()];
  server = Fastify();
  server.get('/', async () => 'well');
  server.post('/take', async () => 'taken');
  server.get('/slow', async () => { arrived.resolve(); await go.promise; return 'done'; });
});
const portOf = () => (server.server.address() as AddressInfo).port;
const get = async (path: string) => (await fetch(`http://${host}:${portOf()}${path}`, { headers: { connection: 'close' } })).text();

test('what has come in is answered before the doors are closed, and the port is free again', async () => {
  const doors = await openDoors(server, { host, port: 0 });
  const port = portOf();
  expect(await Promise.all(Array.from({ length: 100 }, () => get('/')))).toEqual(Array.from({ length: 100 }, () => 'well'));
  const slow = get('/slow');
  await arrived.promise;
  const stopped = doors.stop(10_000);
  go.resolve();
  expect(await slow).toBe('done');
  await stopped;
  const next = await openDoors(Fastify(), { host, port });
  await next.stop(10_000);
});

test('who was being answered and would keep the connection holds nobody up', async () => {
  let asked = 0;
  server.addHook('onRequest', async () => { asked += 1; });
  const doors = await openDoors(server, { host, port: 0 });
  const agent = new Agent({ keepAlive: true });
  const answers = Array.from({ length: 20 }, async () => {
    const [response] = await once(request({ host, port: portOf(), path: '/slow', agent }).end(), 'response') as [IncomingMessage];
    return text(response);
  });
  while (asked < answers.length) await setImmediate();
  const stopped = doors.stop(10_000);
  while (server.server.listening) await setImmediate();
  go.resolve();
  expect(await Promise.all(answers)).toEqual(answers.map(() => 'done'));
  await stopped;
  agent.destroy();
});

test('who has not asked anything is not waited for, and who does not come to an end only for a while', async () => {
  const begun = Promise.withResolvers<void>();
  server.addHook('onRequest', async ({ url }) => { if (url === '/take') begun.resolve(); });
  const doors = await openDoors(server, { host, port: 0 });
  let letIn = 0;
  server.server.on('connection', () => { letIn += 1; });
  const silent = Array.from({ length: 20 }, () => connect(portOf(), host));
  const unfinished = connect(portOf(), host);
  unfinished.write('POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nbegin');
  const ended = (sockets: readonly Socket[]) => Promise.all(sockets.map((socket) => once(socket.on('error', () => {}).resume(), 'close')));
  const [silentEnded, unfinishedEnded] = [ended(silent), ended([unfinished])];
  const unanswered = get('/slow').catch(() => 'hung up');
  await Promise.all([arrived.promise, begun.promise]);
  while (letIn < silent.length + 2) await setImmediate();
  const stopped = doors.stop(1_000);
  await silentEnded;
  expect(unfinished.closed).toBe(false);
  await Promise.all([unfinishedEnded, stopped]);
  expect(await unanswered).toBe('hung up');
});

test('a port is not shared with anybody who has it', async () => {
  const doors = await openDoors(server, { host, port: 0 });
  await expect(openDoors(Fastify(), { host, port: portOf() })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await doors.stop(10_000);
});

test('every door is the same: nothing that is said waits for more to be said', async () => {
  const doors = await openDoors(server, { host, port: 0 });
  const taken: Socket[] = [];
  server.server.on('connection', (socket: Socket) => taken.push(socket));
  await Promise.all(Array.from({ length: 100 }, () => get('/')));
  // Node tells it in no other way.
  const isPrompt = (socket: Socket) => Object.getOwnPropertySymbols(socket).some((symbol) => symbol.description === 'kSetNoDelay' && Reflect.get(socket, symbol) === true);
  expect(taken.map((socket) => [isPrompt(socket), socket.allowHalfOpen])).toEqual(Array.from({ length: 100 }, () => [true, true]));
  await doors.stop(10_000);
});

test.skipIf(process.platform !== 'linux')('many who come anew are let in at once, however long a turn takes', async () => {
  const doors = await openDoors(server, { host, port: 0 });
  let letIn = 0;
  server.server.on('connection', () => { letIn += 1; });
  const sockets = Array.from({ length: 300 }, () => connect(portOf(), host));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  let turns = 0;
  for (; letIn < sockets.length; turns++) await setImmediate();
  expect(turns).toBeLessThan(100);
  for (const socket of sockets) socket.destroy();
  await doors.stop(10_000);
});
