import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { item, manifest, module, resource, tinyCartridge } from './testing/cartridge.ts';
import { codeOf, lines, Workbench } from './testing/workbench.ts';
import { entriesOf, zip, type ZipEntry } from './testing/zip.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(() => bench.close());

const MEGABYTE = 1024 ** 2;

describe('a hostile archive is refused', () => {
  const hostile: [what: string, entry: ZipEntry, code: string][] = [
    ['a path that climbs out', { name: '../../escape.txt', content: 'x' }, 'unsafe_path'],
    ['a path that climbs out with backslashes', { name: 'a\\..\\..\\escape.txt', content: 'x' }, 'unsafe_path'],
    ['an absolute path', { name: '/etc/escape.txt', content: 'x' }, 'unsafe_path'],
    ['a drive letter', { name: 'C:\\escape.txt', content: 'x' }, 'unsafe_path'],
    ['a network path', { name: '\\\\server\\share', content: 'x' }, 'unsafe_path'],
    ['a NUL in a name', { name: 'page.html\0.txt', content: 'x' }, 'unsafe_path'],
    ['a symbolic link', { name: 'link', content: '/etc/passwd', stored: true, mode: 0o120777 }, 'link_entry'],
    ['an encrypted entry', { name: 'secret.txt', content: 'x', flags: 0x1 }, 'encrypted'],
    ['an entry that holds more than it says', { name: 'lie.txt', content: 'x'.repeat(5000), declaredSize: 10 }, 'damaged_archive'],
    ['an entry that holds less than it says', { name: 'lie.txt', content: 'x', declaredSize: 5000 }, 'damaged_archive'],
    ['an entry whose checksum is wrong', { name: 'rot.txt', content: 'x', declaredCrc: 1 }, 'damaged_archive'],
    ['an entry whose compressed bytes are none', { name: 'rot.txt', content: 'x'.repeat(99), compressed: Buffer.alloc(64, 0xff) }, 'damaged_archive'],
    ['a bomb', { name: 'bomb.txt', content: Buffer.alloc(4 * MEGABYTE) }, 'compression_bomb'],
    ['the same path twice', { name: './page.html', content: 'another' }, 'duplicate_entry'],
  ];
  test.each(hostile)('%s', async (_, entry, code) => {
    expect(await bench.refusal([...entriesOf(tinyCartridge()), entry])).toBe(code);
    expect(await bench.leftInWorkDir(), 'nothing stays in the work folder').toEqual([]);
    expect((await readdir(bench.folder)).sort(), 'nothing is written beside it').toEqual(['course.zip', 'work']);
  });

  test('more entries than allowed', async () => {
    expect(await bench.refusal(tinyCartridge(), { maxEntries: 1 })).toBe('too_many_entries');
  });

  test('one file over its limit', async () => {
    expect(await bench.refusal({ ...tinyCartridge(), 'film.mp4': 'x'.repeat(5000) }, { maxFileBytes: 4000 })).toBe('too_large');
  });

  test('files that are small alone and too large together', async () => {
    expect(await bench.refusal({ ...tinyCartridge(), 'a.bin': 'x'.repeat(3000), 'b.bin': 'x'.repeat(3000) }, { maxTotalBytes: 5000 })).toBe('too_large');
  });

  test('entries that share their data', async () => {
    const name = 'shared.bin';
    const bytes = zip([{ name, content: Buffer.alloc(2000, 'x'), stored: true }]);
    const directory = bytes.subarray(bytes.length - 22 - 46 - name.length, bytes.length - 22);
    const end = Buffer.from(bytes.subarray(bytes.length - 22));
    end.writeUInt16LE(2, 10);
    end.writeUInt16LE(2, 8);
    const file = join(bench.folder, 'overlap.zip');
    await writeFile(file, Buffer.concat([bytes.subarray(0, bytes.length - 22), directory, end]));
    expect(await codeOf(bench.read(file))).toBe('compression_bomb');
  });

  test('a truncated archive', async () => {
    const file = join(bench.folder, 'cut.zip');
    await writeFile(file, zip(entriesOf(tinyCartridge())).subarray(0, -30));
    expect(await codeOf(bench.read(file))).toBe('damaged_archive');
  });

  test('a file that is no archive', async () => {
    const file = join(bench.folder, 'notes.txt');
    await writeFile(file, 'These are my notes.');
    expect(await codeOf(bench.read(file))).toBe('not_an_archive');
  });

  test('a folder that holds a symbolic link', async () => {
    const folder = await bench.writeFolder({ 'course.md': '# Course', 'one.md': '# One' });
    await symlink('/etc/passwd', join(folder, 'two.md'));
    expect(await codeOf(bench.read(folder))).toBe('link_entry');
    expect(await bench.leftInWorkDir()).toEqual([]);
  });
});

describe('the digest', () => {
  test('is the same when the package is zipped anew, in another order, in a folder, with leftovers', async () => {
    const first = await bench.readZip(tinyCartridge());
    const again = entriesOf(tinyCartridge()).reverse().map((entry) => ({ ...entry, name: `export/${entry.name}`, stored: true }));
    const second = await bench.readZip([...again, { name: '__MACOSX/._page.html', content: 'mac' }]);
    expect(second.digest).toBe(first.digest);
  });

  test('is the same for the folder that was zipped', async () => {
    const zipped = await bench.readZip(tinyCartridge());
    expect((await bench.read(await bench.writeFolder(tinyCartridge()))).digest).toBe(zipped.digest);
  });

  test('differs when a byte differs', async () => {
    const first = await bench.readZip(tinyCartridge('<p>Hola</p>'));
    expect((await bench.readZip(tinyCartridge('<p>Hole</p>'))).digest).not.toBe(first.digest);
  });
});

describe('names from the wild', () => {
  const withImage = (src: string) => ({
    'imsmanifest.xml': manifest(module('Uno', item('Página', 'p')), resource('p', 'webcontent', 'pages/page.html')),
    'pages/page.html': `<img src="${src}" alt="">`,
  });

  test('backslashes, as old Windows programs write them', async () => {
    const files = { ...withImage('../img/sol.png'), 'img\\sol.png': 'png' };
    expect((await bench.readZip(files)).files.map(({ name }) => name)).toEqual(['sol.png']);
  });

  test('UTF-8 without its flag', async () => {
    const course = await bench.readZip([...entriesOf(withImage('niño.png')), { name: Buffer.from('pages/niño.png'), content: 'png' }]);
    expect(course.files.map(({ name }) => name)).toEqual(['niño.png']);
  });

  test('CP437', async () => {
    const name = Buffer.concat([Buffer.from('pages/ni'), Buffer.from([0xa4]), Buffer.from('o.png')]);
    const course = await bench.readZip([...entriesOf(withImage('ni%C3%B1o.png')), { name, content: 'png' }]);
    expect(course.files.map(({ name: fileName }) => fileName)).toEqual(['niño.png']);
  });

  test('another case than the page writes', async () => {
    expect((await bench.readZip({ ...withImage('../IMG/Sol.PNG'), 'img/sol.png': 'png' })).files).toHaveLength(1);
  });

  test('what file managers leave behind is reported in one entry', async () => {
    const course = await bench.readZip({ ...tinyCartridge(), '__MACOSX/._page.html': 'x', '.DS_Store': 'x' });
    const leftovers = course.report.filter(({ kind }) => kind === 'leftover');
    expect(leftovers).toEqual([{ outcome: 'dropped', kind: 'leftover', title: 'course', reason: 'system_leftovers', params: { count: 2 } }]);
  });
});

test('extracted files lie flat in the work folder under their SHA-256, and only those in use stay', async () => {
  const course = await bench.readZip({ ...tinyCartridge('<a href="notes.txt">notes</a>'), 'notes.txt': 'Apuntes', 'unused.txt': 'x' });
  const [file] = course.files;
  expect(await bench.leftInWorkDir()).toEqual([file?.sha256]);
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('Apuntes');
  expect(lines(course.report)).toContain('dropped file "unused.txt" not_referenced');
});

test('a work folder that holds something is refused and left alone', async () => {
  const file = await bench.writeZip(tinyCartridge());
  await mkdir(bench.workDir);
  await writeFile(join(bench.workDir, 'mine.txt'), 'mine');
  const { readPackage } = await import('./read.ts');
  const { DEFAULT_LIMITS } = await import('./types.ts');
  await expect(readPackage(file, { workDir: bench.workDir, limits: DEFAULT_LIMITS })).rejects.toThrow('workDir is not empty');
  expect(await bench.leftInWorkDir()).toEqual(['mine.txt']);
});
