import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { Problem } from '@milpa/kernel';
import type { FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readForm } from './form.ts';

let spoolDirectory: string;
beforeEach(async () => { spoolDirectory = await mkdtemp(join(tmpdir(), 'milpa-form-')); });
afterEach(() => rm(spoolDirectory, { recursive: true, force: true }));

const multipart = 'multipart/form-data; boundary=edge';
const filePart = (field: string, text: string) => `--edge\r\nContent-Disposition: form-data; name="${field}"; filename="${field}.txt"\r\n\r\n${text}`;
const end = '\r\n--edge--\r\n';

function read(body: Readable, { type = multipart, memberId = 'member' as string | null } = {}) {
  const request = { headers: { 'content-type': type }, body, milpa: { actor: { memberId } } };
  return readForm(request as unknown as FastifyRequest, { spoolDirectory, maxUploadBytes: 1000 });
}
const codeOf = (reading: Promise<unknown>) => reading.then(() => 'read', (error: unknown) => (error instanceof Problem ? error.code : error));
const spooled = () => readdir(spoolDirectory);

test('fields and files are read; discarding leaves no file', async () => {
  const form = await read(Readable.from([`--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\nMaize\r\n${filePart('logo', 'bytes')}${end}`]));
  expect([form.fields.get('title'), form.uploads.get('logo')?.size, (await spooled()).length]).toEqual(['Maize', 5, 1]);
  await form.discard();
  expect(await spooled()).toEqual([]);
});

test('a form that ends within a file is refused, and the process goes on', async () => {
  expect(await codeOf(read(Readable.from([filePart('logo', 'half of it')])))).toBe('kernel.malformed_request');
  expect(await spooled()).toEqual([]);
});

test('a sender who goes away leaves no file behind', async () => {
  const body = new PassThrough();
  const reading = codeOf(read(body));
  body.write(filePart('logo', 'half of it'));
  body.destroy(new Error('aborted'));
  expect(await reading).toBe('kernel.malformed_request');
  expect(await spooled()).toEqual([]);
});

test('a form without a boundary is refused', async () => {
  expect(await codeOf(read(Readable.from(['x']), { type: 'multipart/form-data' }))).toBe('kernel.malformed_request');
});

test('two files of one field leave one behind, which is discarded', async () => {
  const form = await read(Readable.from([`${filePart('logo', 'one')}\r\n${filePart('logo', 'two')}${end}`]));
  expect(await spooled()).toHaveLength(1);
  await form.discard();
  expect(await spooled()).toEqual([]);
});

test('a file that is too large is refused', async () => {
  expect(await codeOf(read(Readable.from([`${filePart('logo', 'x'.repeat(2000))}${end}`])))).toBe('kernel.too_large');
  expect(await spooled()).toEqual([]);
});

test('a form that is too long is refused, and its connection can go on', async () => {
  const body = Readable.from(Array.from({ length: 30 }, () => Buffer.alloc(100_000, 'x')), { objectMode: false });
  expect(await codeOf(read(body, { type: 'application/x-www-form-urlencoded' }))).toBe('kernel.too_large');
  await once(body, 'end');
});

test('a form of too many fields is refused', async () => {
  expect(await codeOf(read(Readable.from([Buffer.from('a=1&'.repeat(5000))]), { type: 'application/x-www-form-urlencoded' }))).toBe('kernel.too_large');
});

test('files of who is no member are not kept', async () => {
  const form = await read(Readable.from([`${filePart('logo', 'bytes')}${end}`]), { memberId: null });
  expect([form.uploads.size, await spooled()]).toEqual([0, []]);
});
