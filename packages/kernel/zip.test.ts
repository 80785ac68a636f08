import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeArchive, type ArchiveEntry } from './zip.ts';

let directory: string;
beforeAll(async () => { directory = await mkdtemp(join(tmpdir(), 'milpa-zip-')); });
afterAll(() => rm(directory, { recursive: true }));

const unzip = (...args: string[]) => execFileSync('unzip', args, { maxBuffer: 64 * 1024 * 1024 }).toString('utf8');
async function written(name: string, entries: Iterable<ArchiveEntry>, most?: number): Promise<string> {
  const path = join(directory, name);
  await writeArchive(path, entries, most);
  return path;
}

test('what fits is a plain archive, that readers without zip64 open', async () => {
  const path = await written('plain.zip', [{ name: 'a.txt', content: 'one' }, { name: 'año/ب.txt', content: 'two' }]);
  expect(unzip('-p', path, 'a.txt')).toBe('one');
  expect(unzip('-Zv', path)).not.toContain('4.5');
});

test('more entries than 16 bits can count open again', async () => {
  const count = 66_000;
  const path = await written('many.zip', Array.from({ length: count }, (_, index) => ({ name: `${index}.txt`, content: String(index) })));
  expect(unzip('-Z1', path).trimEnd().split('\n')).toHaveLength(count);
  for (const index of [0, 65_535, 65_536, count - 1]) expect(unzip('-p', path, `${index}.txt`)).toBe(String(index));
}, 120_000);

describe('sizes and places that do not fit into their fields', () => {
  // As beyond 4 GB, with the bound set low: large entries, small ones behind them, and a directory that is far away.
  const text = (name: string, length: number) => ({ name, content: Array.from({ length }, (_, index) => String((index * 7919) % 1000)).join(' ') });
  const entries = [text('small.txt', 3), text('large.txt', 5_000), text('after.txt', 3), text('large too.txt', 9_000)];

  test('open again, each as it was', async () => {
    const path = await written('wide.zip', entries, 1_000);
    expect(unzip('-tq', path)).toContain('No errors detected');
    for (const { name, content } of entries) expect(unzip('-p', path, name)).toBe(content);
    expect(unzip('-Zv', path, 'after.txt')).toContain('4.5');
  });

  test('are the exception: below the bound nothing of zip64 is written', async () => {
    expect(unzip('-Zv', await written('narrow.zip', entries))).not.toContain('4.5');
  });
});
