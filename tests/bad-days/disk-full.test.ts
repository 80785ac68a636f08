/** The disk for files is full: the kernel's own ENOSPC, by the device that is always full. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entriesOf, zip } from '../../modules/interop/package/testing/zip.ts';
import { folderStorage } from '../../modules/media/storage.ts';
import { createTestBed, type TestBed } from '../../packages/testkit/index.ts';

let bed: TestBed;
let isFull = false;
beforeAll(async () => {
  bed = await createTestBed({
    makeStorage: (directory) => {
      const storage = folderStorage(directory);
      return { ...storage, put: async (key, path) => (isFull ? writeFile('/dev/full', await readFile(path)) : storage.put(key, path)) };
    },
  });
});
afterAll(() => bed.close());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const rows = async (tenantId: string) => Number((await bed.owner.query('select count(*) from media.file where tenant_id = $1', [tenantId])).rows[0].count);

test('a file that cannot be kept is refused in words, without a row; with room it is kept', async () => {
  const { tenant, person } = await bed.tenant();
  const { client } = await person('admin');
  const bring = () => client.ask('settings/logo?name=logo.png', { method: 'PUT', raw: png, headers: { 'content-type': 'image/png', 'accept-language': 'es-MX' } });
  isFull = true;
  const refused = await bring();
  expect([refused.status, refused.body.code, refused.body.title]).toEqual([507, 'kernel.storage_full', 'Ya no hay espacio']);
  expect(await rows(tenant.id)).toBe(0);
  isFull = false;
  expect((await bring()).status).toBeLessThan(300);
  expect(await rows(tenant.id)).toBe(1);
});

test('an import waits for room: no course and no file without bytes, and all of it once there is', async () => {
  const { tenant, person } = await bed.tenant();
  const { client } = await person('admin');
  const raw = zip(entriesOf({ 'course.md': '---\ntitle: Full\nlanguage: en\n---\nText', '01-one/module.md': '---\ntitle: One\n---\n', '01-one/01-a.md': '---\ntitle: A\nattachments: [notes.pdf]\n---\nText', '01-one/notes.pdf': '%PDF notes' }));
  isFull = true;
  const { body: { id } } = await client.ask('course-imports?name=full.zip', { method: 'POST', raw, headers: { 'content-type': 'application/zip' } });
  await bed.runJobs();
  expect((await client.get(`course-imports/${id}`)).body.status).not.toBe('succeeded');
  expect(await rows(tenant.id)).toBe(0);
  isFull = false;
  await bed.owner.query("update graphile_worker._private_jobs set run_at = now() where payload->>'importId' = $1", [id]);
  await bed.runJobs();
  expect((await client.get(`course-imports/${id}`)).body).toMatchObject({ status: 'succeeded', course: { title: 'Full' } });
  expect(await rows(tenant.id)).toBe(1);
});
