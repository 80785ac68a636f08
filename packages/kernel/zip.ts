/** Writes zip archives of any size without holding them in memory: plain ones as long as they fit, with the fields of zip64 where they do not. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

export interface ArchiveEntry { /** Path within the archive, with `/`. */ name: string; content: string | Uint8Array | AsyncIterable<Uint8Array> }

export interface WrittenArchive { path: string; size: number; sha256: string }

/** Writes an archive into the folder and hands it to `use`; afterwards it is gone, whatever happened. */
export async function withArchive<T>(directory: string, entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>, use: (archive: WrittenArchive) => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `archive-${randomUUID()}.zip`);
  try {
    return await use({ path, ...await writeArchive(path, entries) });
  } finally {
    await rm(path, { force: true });
  }
}

interface Written { name: Buffer; crc: number; compressed: number; size: number; offset: number; /** Its sizes stand behind its content, in 64 bits. */ large: boolean; end: number }

const utf8Name = 0x800, sizesFollow = 8, deflated = 8, plain = 20, zip64 = 45, firstDay = 0x21;
const mostEntries = 0xffff;

/**
 * Entries come one after the other, each in constant memory. Sizes and places beyond `most`, which tests set lower, are written in 64 bits.
 * @returns size in bytes and SHA-256 of the archive.
 */
export async function writeArchive(path: string, entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>, most = 0xffff_fffe): Promise<{ size: number; sha256: string }> {
  const file = await open(path, 'w', 0o600);
  try {
    const written: Written[] = [];
    let offset = 0;
    for await (const entry of entries) {
      const one = await writeEntry(file, entry, offset, most);
      written.push(one);
      offset = one.end;
    }
    const directory = Buffer.concat(written.map((entry) => directoryEntry(entry, most)));
    const end = endOf(written.length, directory.length, offset, most);
    await file.write(Buffer.concat([directory, end]), 0, undefined, offset);
    await file.sync();
    return { size: offset + directory.length + end.length, sha256: await hashOf(path) };
  } finally {
    await file.close();
  }
}

/** The header is written last, when size and checksum are known: readers that go from front to back find them where they look, unless they are too large for it. */
async function writeEntry(file: FileHandle, { name, content }: ArchiveEntry, offset: number, most: number): Promise<Written> {
  const entry: Written = { name: Buffer.from(name), crc: 0, compressed: 0, size: 0, offset, large: false, end: 0 };
  const start = offset + 30 + entry.name.length;
  const count = (chunk: Uint8Array) => {
    entry.crc = crc32(chunk, entry.crc);
    entry.size += chunk.length;
    return chunk;
  };
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) yield count(chunk);
  };
  const packed = typeof content === 'string' || content instanceof Uint8Array ? [deflateRawSync(count(Buffer.from(content)))] : Readable.from(counted(content)).compose(createDeflateRaw()) as AsyncIterable<Buffer>;
  for await (const chunk of packed) {
    await file.write(chunk, 0, chunk.length, start + entry.compressed);
    entry.compressed += chunk.length;
  }
  entry.large = Math.max(entry.size, entry.compressed) > most;
  const sizes = entry.large ? buffer([[4, 0x08074b50], [4, entry.crc], [8, entry.compressed], [8, entry.size]]) : Buffer.alloc(0);
  const header = Buffer.concat([buffer([[4, 0x04034b50], ...(entry.large ? common({ ...entry, crc: 0, compressed: 0, size: 0 }, zip64, 0) : common(entry, plain, 0))]), entry.name]);
  await file.write(header, 0, header.length, offset);
  await file.write(sizes, 0, sizes.length, start + entry.compressed);
  entry.end = start + entry.compressed + sizes.length;
  return entry;
}

type Field = [bytes: 2 | 4 | 8, value: number];
const common = ({ name, crc, compressed, size, large }: Written, version: number, extra: number): Field[] =>
  [[2, version], [2, utf8Name | (large ? sizesFollow : 0)], [2, deflated], [2, 0], [2, firstDay], [4, crc], [4, compressed], [4, size], [2, name.length], [2, extra]];

/** What does not fit into 32 bits is said to stand elsewhere. */
const elsewhere = 0xffff_ffff;

function directoryEntry(entry: Written, most: number): Buffer {
  const { large, size, compressed, offset } = entry;
  const wide = large || offset > most ? buffer([[2, 1], [2, 24], [8, size], [8, compressed], [8, offset]]) : Buffer.alloc(0);
  const [version, shown] = wide.length > 0 ? [zip64, { ...entry, size: elsewhere, compressed: elsewhere, offset: elsewhere }] : [plain, entry];
  return Buffer.concat([buffer([[4, 0x02014b50], [2, version], ...common(shown, version, wide.length), [2, 0], [2, 0], [2, 0], [4, (0o100644 << 16) >>> 0], [4, shown.offset]]), entry.name, wide]);
}

/** Where the directory is, and where that is written in 64 bits. */
function endOf(count: number, length: number, offset: number, most: number): Buffer {
  const fits = count < mostEntries && length <= most && offset <= most;
  const wide: Field[] = fits ? [] : [
    [4, 0x06064b50], [8, 44], [2, zip64], [2, zip64], [4, 0], [4, 0], [8, count], [8, count], [8, length], [8, offset],
    [4, 0x07064b50], [4, 0], [8, offset + length], [4, 1],
  ];
  const shown: Field[] = fits ? [[2, count], [2, count], [4, length], [4, offset]] : [[2, mostEntries], [2, mostEntries], [4, elsewhere], [4, elsewhere]];
  return buffer([...wide, [4, 0x06054b50], [2, 0], [2, 0], ...shown, [2, 0]]);
}

function buffer(fields: Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of fields) at = length === 8 ? bytes.writeBigUInt64LE(BigInt(value), at) : bytes.writeUIntLE(value, at, length);
  return bytes;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
