import { createHash } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { systemActor, type Problem, type Tx } from '@milpa/kernel';
import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fileContentOf, removeFile, storeFile, storeFiles, type IncomingFile } from './file.ts';
import { storedBytes } from './queries.ts';

let bed: TestBed;
let here: TestTenant;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());
beforeEach(async () => { here = await bed.tenant(); });

const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => bed.application.database.withTenant(here.tenant, systemActor, work);

/** A file as the edge has received it. */
async function incoming(text: string): Promise<IncomingFile> {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = join(bed.application.api.spoolDirectory, sha256);
  await writeFile(path, bytes);
  return { name: 'page.txt', mediaType: 'text/plain', size: bytes.length, sha256, path };
}
const keep = async (text: string): Promise<string> => {
  const file = await incoming(text);
  return inTenant((tx) => storeFile(tx, here.tenant, bed.application.storage, file));
};
const text = async (id: string, range?: { start: number; end: number }) => {
  const content = await inTenant((tx) => fileContentOf(tx, bed.application.storage, id));
  return content && textOf(await content.open(range));
};

test('the same bytes under two names are kept and counted once', async () => {
  const [one, other] = [await keep('maize'), await keep('maize')];
  expect(one).not.toBe(other);
  expect(await inTenant(storedBytes)).toBe(5);
  await keep('beans!');
  expect(await inTenant(storedBytes)).toBe(11);
  await inTenant((tx) => removeFile(tx, one));
  expect([await text(one), await text(other), await text(other, { start: 1, end: 2 })]).toEqual([null, 'maize', 'ai']);
});

test('what goes beyond the plan is refused as a whole', async () => {
  const tenant = { ...here.tenant, limits: { ...here.tenant.limits, storageBytes: 10 } };
  const files = [await incoming('12345'), await incoming('678901')];
  const refused = await inTenant((tx) => storeFiles(tx, tenant, bed.application.storage, files)).catch((error: Problem) => error.code);
  expect(refused).toBe('kernel.limit_reached');
  expect(await inTenant(storedBytes)).toBe(0);
});

test('a file that takes the place of another needs room for the difference alone', async () => {
  const tenant = { ...here.tenant, limits: { ...here.tenant.limits, storageBytes: 10 } };
  const store = async (words: string, replaced: string | null, within = tenant) => {
    const file = await incoming(words);
    return inTenant((tx) => storeFile(tx, within, bed.application.storage, file, replaced)).then(() => 'stored', (error: Problem) => error.code);
  };
  const old = await keep('12345678');
  expect(await store('abcdefghij', null)).toBe('kernel.limit_reached');
  expect(await store('abcdefghijk', old)).toBe('kernel.limit_reached');
  expect(await store('abcdefghij', old)).toBe('stored');
  const full = { ...tenant, limits: { ...tenant.limits, storageBytes: 4 } };
  expect(await store('87654321', old, full), 'where the plan became smaller, what is no larger still fits').toBe('stored');
  expect(await store('876543210', old, full)).toBe('kernel.limit_reached');
  await keep('12345678');
  expect(await store('abcde', old), 'bytes that another file has too do not become free').toBe('kernel.limit_reached');
});

test('the last room is taken once, by however many at once', async () => {
  const tenant = { ...here.tenant, limits: { ...here.tenant.limits, storageBytes: 10 } };
  const files = await Promise.all(['123456', 'abcdef', 'uvwxyz'].map(incoming));
  const outcomes = await Promise.all(files.map((file) => inTenant((tx) => storeFile(tx, tenant, bed.application.storage, file)).then(() => 'stored', (error: Problem) => error.code)));
  expect(outcomes.toSorted()).toEqual(['kernel.limit_reached', 'kernel.limit_reached', 'stored']);
  expect(await inTenant(storedBytes)).toBe(6);
});

test('bytes that nothing names any more are swept after a day, and no others', async () => {
  const { storage } = bed.application;
  const run = () => bed.runJob('media.sweepBytes');
  const kept = async () => (await storage.list(here.tenant.id, new Date(8.64e15))).length;
  const gone = await keep('squash');
  const stays = await keep('clay');
  await inTenant((tx) => removeFile(tx, gone));
  await run();
  expect(await kept()).toBe(2);
  const old = new Date(bed.clock.now().getTime() - 25 * 3_600_000);
  for (const hash of await storage.list(here.tenant.id, new Date(8.64e15))) {
    await utimes(join(bed.application.api.spoolDirectory, '../files', here.tenant.id, hash.slice(0, 2), hash), old, old);
  }
  await run();
  expect([await kept(), await text(stays)]).toEqual([1, 'clay']);
});
