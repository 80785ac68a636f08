import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemActor } from '@milpa/kernel';
import { createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findImport, insertImport } from './queries.ts';
import { sweep } from './sweep.ts';
import { packagePath } from './uploads.ts';

let bed: TestBed;
let school: TestTenant;
let workDirectory: string;
beforeAll(async () => { bed = await createTestBed(); });
beforeEach(async () => {
  school = await bed.tenant();
  workDirectory = await mkdtemp(join(tmpdir(), 'milpa-sweep-'));
  return () => rm(workDirectory, { recursive: true, force: true });
});
afterAll(() => bed.close());

const run = () => sweep({ ...bed.application, workDirectory }).job.run({}, { attempt: 1, lastAttempt: false, signal: new AbortController().signal, log: pino({ level: 'silent' }) });
const hoursAgo = (hours: number) => new Date(bed.clock.now().getTime() - hours * 3_600_000);
async function leave(path: string, hours: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'x');
  await utimes(path, hoursAgo(hours), hoursAgo(hours));
}
const request = () => bed.application.database.withTenant(school.tenant, systemActor, (tx) => insertImport(tx, { fileName: 'a.zip', size: 1, sha256: '0'.repeat(64) }, null));
const waiting = () => readdir(dirname(packagePath(workDirectory, school.tenant.id, 'x')));

test('a package stays as long as its import waits for it', async () => {
  const { id } = await request();
  await leave(packagePath(workDirectory, school.tenant.id, id), 5);
  await run();
  expect(await waiting()).toEqual([id]);
});

test('an import that nobody has run for a day is given up, and its package goes', async () => {
  const { id } = await request();
  await leave(packagePath(workDirectory, school.tenant.id, id), 0);
  bed.clock.advance(25 * 3_600_000);
  await run();
  expect(await bed.application.database.readTenant(school.tenant, systemActor, (tx) => findImport(tx, id))).toMatchObject({ status: 'failed', problemCode: 'interop.import_failed' });
  await run();
  expect(await waiting()).toEqual([]);
});

test('a package without an import goes once its request must be over', async () => {
  const [old, fresh] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
  await leave(packagePath(workDirectory, school.tenant.id, old), 2);
  await leave(packagePath(workDirectory, school.tenant.id, fresh), 0);
  await run();
  expect(await waiting()).toEqual([fresh]);
});

test('folders that a crash left go; those of imports under way stay', async () => {
  for (const [name, hours] of [['reading-old', 2], ['reading-new', 0]] as const) {
    await mkdir(join(workDirectory, name));
    await utimes(join(workDirectory, name), hoursAgo(hours), hoursAgo(hours));
  }
  await run();
  expect(await readdir(workDirectory)).toEqual(['reading-new']);
});
