import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, opendir, realpath, rename, stat, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { decodeEntryName } from './entry-name.ts';
import { isLeftover, normalizeEntryPath, printable } from './paths.ts';
import { PackageError, type PackageLimits, type ReadOptions } from './types.ts';

/** One file of the package, extracted. */
export interface StoredFile {
  path: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** Absolute path under `workDir`. */
  stored: string;
}

export interface Unpacked {
  files: Map<string, StoredFile>;
  /** Files that operating systems left behind: counted, not extracted. */
  leftovers: number;
  /** The single top folder that was taken off, else the archive's own name without its ending. */
  name: string;
}

/** What the limits are counted against while unpacking. */
interface Budget {
  limits: PackageLimits;
  bytes: number;
}

const RATIO_FLOOR = 1024 ** 2;
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const STORED = 0;
const DEFLATED = 8;

/**
 * Extracts the zip file or folder `source` into `workDir`, each file under its SHA-256. Declared sizes are checked
 * before anything is written, actual bytes while writing. Errors: not_an_archive, damaged_archive, unsafe_path, link_entry,
 * encrypted, unsupported_compression, duplicate_entry, too_many_entries, too_large, compression_bomb.
 */
export async function unpack(source: string, options: ReadOptions, onProgress: (share: number) => void): Promise<Unpacked> {
  const files = new Map<string, StoredFile>();
  const budget: Budget = { limits: options.limits, bytes: 0 };
  const isFolder = (await stat(source)).isDirectory();
  const leftovers = isFolder
    ? await copyFolder(await realpath(source), options.workDir, files, budget)
    : await extractZip(source, options.workDir, files, budget, onProgress);
  onProgress(1);
  const top = singleTopFolder(files);
  const ownName = options.name ?? basename(isFolder ? await realpath(source) : source);
  return { files: withoutTopFolder(files, top), leftovers, name: top ?? (isFolder ? ownName : ownName.replace(/\.[^.]+$/, '')) };
}

/** SHA-256 over the sorted paths and contents. */
export function digestOf(files: Map<string, StoredFile>): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) hash.update(`${path}\0${files.get(path)?.sha256}\n`);
  return hash.digest('hex');
}

async function extractZip(source: string, workDir: string, files: Map<string, StoredFile>, budget: Budget, onProgress: (share: number) => void): Promise<number> {
  const zip = await yauzl.openPromise(source, { autoClose: false, decodeStrings: false }).catch((cause: unknown) => {
    throw new PackageError('damaged_archive', {}, { cause });
  });
  // Faults reach us through the entries; one that comes later (closing the file) changes nothing.
  zip.on('error', () => undefined);
  try {
    const { entries, leftovers } = await checkedEntries(zip, budget.limits);
    let done = 0;
    for (const [path, entry] of entries) {
      files.set(path, await extractEntry(zip, entry, path, workDir, budget));
      onProgress(++done / entries.size);
    }
    return leftovers;
  } finally {
    zip.close();
  }
}

/** Reads the whole central directory and judges it before a byte is extracted. */
async function checkedEntries(zip: yauzl.ZipFile, limits: PackageLimits): Promise<{ entries: Map<string, yauzl.Entry>; leftovers: number }> {
  if (zip.entryCount > limits.maxEntries) throw new PackageError('too_many_entries', { limit: limits.maxEntries });
  const entries = new Map<string, yauzl.Entry>();
  let leftovers = 0;
  let size = 0;
  let compressed = 0;
  for await (const entry of damagedArchive(zip.eachEntry())) {
    const raw = decodeEntryName(entry);
    const path = normalizeEntryPath(raw);
    checkEntry(entry, path, limits);
    size += entry.uncompressedSize;
    compressed += entry.compressedSize;
    if (size > limits.maxTotalBytes) throw new PackageError('too_large', { limit: limits.maxTotalBytes });
    // More compressed bytes than the file has: entries overlap, which only a bomb does.
    if (compressed > zip.fileSize) throw new PackageError('compression_bomb', { path: printable(path) });
    if (isLeftover(path)) leftovers += /[\\/]$/.test(raw) ? 0 : 1;
    else if (!/[\\/]$/.test(raw) && path !== '') {
      if (entries.has(path)) throw new PackageError('duplicate_entry', { path: printable(path) });
      entries.set(path, entry);
    }
  }
  if (size > RATIO_FLOOR && size > zip.fileSize * limits.maxRatio) throw new PackageError('compression_bomb', {});
  return { entries, leftovers };
}

function checkEntry(entry: yauzl.Entry, path: string, limits: PackageLimits): void {
  const shown = { path: printable(path) };
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK) throw new PackageError('link_entry', shown);
  if (entry.isEncrypted()) throw new PackageError('encrypted', shown);
  if (![STORED, DEFLATED].includes(entry.compressionMethod)) throw new PackageError('unsupported_compression', shown);
  if (entry.uncompressedSize > limits.maxFileBytes) throw new PackageError('too_large', { ...shown, limit: limits.maxFileBytes });
  if (entry.uncompressedSize > RATIO_FLOOR && entry.uncompressedSize > entry.compressedSize * limits.maxRatio) {
    throw new PackageError('compression_bomb', shown);
  }
}

async function extractEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string, workDir: string, budget: Budget): Promise<StoredFile> {
  const stream = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
    throw new PackageError('damaged_archive', { path: printable(path) }, { cause });
  });
  // The library may report a fault before anyone reads, or after: without a listener of our own either would end the process.
  stream.on('error', (error) => stream.destroy(error));
  const { file, checksum } = await store(damagedArchive(stream), path, workDir, budget);
  if (checksum !== entry.crc32) throw new PackageError('damaged_archive', { path: printable(path) });
  return file;
}

async function copyFolder(root: string, workDir: string, files: Map<string, StoredFile>, budget: Budget): Promise<number> {
  let seen = 0;
  let leftovers = 0;
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const child of await opendir(join(root, folder))) {
      if (++seen > budget.limits.maxEntries) throw new PackageError('too_many_entries', { limit: budget.limits.maxEntries });
      const relative = join(folder, child.name);
      const path = normalizeEntryPath(relative);
      if (isLeftover(path)) leftovers += 1;
      else if (child.isDirectory()) folders.push(relative);
      else if (!child.isFile()) throw new PackageError('link_entry', { path: printable(path) });
      else files.set(path, await copyFile(join(root, relative), path, workDir, budget));
    }
  }
  return leftovers;
}

async function copyFile(source: string, path: string, workDir: string, budget: Budget): Promise<StoredFile> {
  // O_NOFOLLOW: a link that took the file's place since we looked is refused, not followed.
  const handle = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return (await store(handle.createReadStream({ autoClose: false }), path, workDir, budget)).file;
  } finally {
    await handle.close();
  }
}

/** Writes `bytes` to `workDir` under their hash, counting them against the budget as they come. */
async function store(bytes: AsyncIterable<Buffer>, path: string, workDir: string, budget: Budget): Promise<{ file: StoredFile; checksum: number }> {
  const partial = join(workDir, 'partial');
  const handle = await open(partial, 'w', 0o600);
  const hash = createHash('sha256');
  let written: { size: number; checksum: number };
  try {
    written = await writeCounted(bytes, handle, hash, path, budget);
  } finally {
    await handle.close();
  }
  const sha256 = hash.digest('hex');
  const stored = join(workDir, sha256);
  await rename(partial, stored);
  return { file: { path, size: written.size, sha256, stored }, checksum: written.checksum };
}

async function writeCounted(bytes: AsyncIterable<Buffer>, handle: FileHandle, hash: Hash, path: string, budget: Budget): Promise<{ size: number; checksum: number }> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    budget.bytes += chunk.length;
    if (size > budget.limits.maxFileBytes) throw new PackageError('too_large', { path: printable(path), limit: budget.limits.maxFileBytes });
    if (budget.bytes > budget.limits.maxTotalBytes) throw new PackageError('too_large', { limit: budget.limits.maxTotalBytes });
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    await handle.write(chunk);
  }
  return { size, checksum };
}

/** What the zip library throws while reading means one thing to us: the archive is damaged, or lies about its sizes. */
async function* damagedArchive<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (cause) {
    throw new PackageError('damaged_archive', {}, { cause });
  }
}

function singleTopFolder(files: Map<string, StoredFile>): string | null {
  const tops = new Set<string>();
  for (const path of files.keys()) {
    if (!path.includes('/')) return null;
    tops.add(path.slice(0, path.indexOf('/')));
  }
  return tops.size === 1 ? [...tops][0] ?? null : null;
}

function withoutTopFolder(files: Map<string, StoredFile>, top: string | null): Map<string, StoredFile> {
  if (top === null) return files;
  return new Map([...files.values()].map((file) => {
    const path = file.path.slice(top.length + 1);
    return [path, { ...file, path }];
  }));
}
