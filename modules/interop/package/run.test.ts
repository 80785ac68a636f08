import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPackageInWorker } from './run.ts';
import { tinyCartridge } from './testing/cartridge.ts';
import { codeOf, Workbench } from './testing/workbench.ts';
import { DEFAULT_LIMITS, type PackageLimits } from './types.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

const readInWorker = (file: string, limits: Partial<PackageLimits> = {}, onProgress?: (done: number, total: number) => void) =>
  readPackageInWorker(file, { workDir: bench.workDir, limits: { ...DEFAULT_LIMITS, ...limits }, ...(onProgress && { onProgress }) });

test('reads as the same thread would, and tells how far it is', async () => {
  const file = await bench.writeZip({ ...tinyCartridge('<img src="a.png" alt="">'), 'a.png': 'png' });
  const here = await bench.read(file);
  const { rm } = await import('node:fs/promises');
  await rm(bench.workDir, { recursive: true });
  const progress: number[] = [];
  const course = await readInWorker(file, {}, (done, total) => progress.push(done / total));
  expect(course).toEqual(here);
  expect(await bench.leftInWorkDir()).toEqual([course.files[0]?.sha256]);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

test('a refusal keeps its code and parameters', async () => {
  const file = await bench.writeZip({ 'h5p.json': '{}' });
  await expect(readInWorker(file)).rejects.toMatchObject({ code: 'unsupported_format', params: { found: 'h5p' } });
});

test('what nobody named is called as the person called it', async () => {
  const file = await bench.writeZip({ 'one.md': 'text', 'two.md': 'text' }, 'upload-7f3a.tmp');
  const course = await readPackageInWorker(file, { workDir: bench.workDir, limits: DEFAULT_LIMITS, name: 'Growing beans.zip' });
  expect(course.title).toBe('Growing beans');
});

test('a read past its deadline is ended and leaves nothing', async () => {
  const file = await bench.writeZip(tinyCartridge());
  expect(await codeOf(readInWorker(file, { timeoutMs: 1 }))).toBe('timed_out');
  expect(await bench.leftInWorkDir()).toEqual([]);
});

test('a page that takes more memory than allowed ends the thread, not the process', async () => {
  const page = '<b>x</b>'.repeat(900_000);
  const file = await bench.writeZip([{ name: 'imsmanifest.xml', content: tinyCartridge()['imsmanifest.xml'] ?? '' }, { name: 'page.html', content: page, stored: true }]);
  expect(await codeOf(readInWorker(file, { memoryMb: 16 }))).toBe('out_of_memory');
  expect(await bench.leftInWorkDir()).toEqual([]);
});

test('a work folder that holds something is left alone', async () => {
  await bench.writeFolder({ 'mine.txt': 'mine' }, 'work');
  await expect(readInWorker(await bench.writeZip(tinyCartridge()))).rejects.toThrow('workDir is not empty');
  expect(await bench.leftInWorkDir()).toEqual(['mine.txt']);
});
