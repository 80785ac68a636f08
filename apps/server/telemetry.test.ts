import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem, traced } from '@milpa/kernel';
import { expect, test } from 'vitest';
import { startTelemetry } from './telemetry.ts';

test('off, nothing is started', async () => {
  expect(await startTelemetry({ otlpEndpoint: null })).toBeNull();
});

test('on, an operation reaches the collector; a problem is an answer, not a failure', async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => received.push(`${request.url} ${chunk}`)).on('end', () => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const end = await startTelemetry({ otlpEndpoint: `http://127.0.0.1:${port}` });
  await traced('catalog.listCourses', { 'milpa.tenant': 'a tenant' }, async () => {});
  await traced('catalog.getCourse', {}, async () => { throw new Problem('catalog.course_not_found'); }).catch(() => {});
  await end?.();
  collector.close();
  expect(received.join('')).toMatch(/^\/v1\/traces .*catalog\.listCourses/s);
  expect(received.join('')).toContain('catalog.course_not_found');
});
