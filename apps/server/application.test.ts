import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

test('a sender who falls silent loses the connection', async () => {
  const { server } = bed.application.server;
  expect([server.timeout, server.requestTimeout]).toEqual([120_000, 3_600_000]);
  server.timeout = 50;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  socket.resume();
  await once(socket, 'close');
});
