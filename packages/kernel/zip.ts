/** Writes zip archives of any size up to the format's 4 GB without holding them in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

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

interface Written { name: Buffer; crc: number; compressed: number; size: number; offset: number }

const utf8Name = 0x800, deflated = 8, version = 20, firstDay = 0x21;
const most = 0xffff_ffff;

/** Entries come one after the other, each in constant memory. @returns size in bytes and SHA-256 of the archive. @throws Error beyond 4 GB or 65,535 entries. */
export async function writeArchive(path: string, entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>): Promise<{ size: number; sha256: string }> {
  const file = await open(path, 'w', 0o600);
  try {
    const written: Written[] = [];
    let offset = 0;
    for await (const entry of entries) {
      const one = await writeEntry(file, entry, offset);
      written.push(one);
      offset += 30 + one.name.length + one.compressed;
      if (offset > most || written.length > 0xffff) throw new Error('An archive has at most 4 GB and 65,535 entries.');
    }
    const directory = Buffer.concat(written.map(directoryEntry));
    const end = buffer([[4, 0x06054b50], [2, 0], [2, 0], [2, written.length], [2, written.length], [4, directory.length], [4, offset], [2, 0]]);
    await file.write(Buffer.concat([directory, end]), 0, undefined, offset);
    await file.sync();
    return { size: offset + directory.length + end.length, sha256: await hashOf(path) };
  } finally {
    await file.close();
  }
}

/** The header is written last, when size and checksum are known: readers that go from front to back find them where they look. */
async function writeEntry(file: FileHandle, { name, content }: ArchiveEntry, offset: number): Promise<Written> {
  const entry: Written = { name: Buffer.from(name), crc: 0, compressed: 0, size: 0, offset };
  const start = offset + 30 + entry.name.length;
  const source = typeof content === 'string' || content instanceof Uint8Array ? [Buffer.from(content)] : content;
  const counted = async function* () {
    for await (const chunk of source) {
      entry.crc = crc32(chunk, entry.crc);
      entry.size += chunk.length;
      yield chunk;
    }
  };
  for await (const chunk of Readable.from(counted()).compose(createDeflateRaw()) as AsyncIterable<Buffer>) {
    await file.write(chunk, 0, chunk.length, start + entry.compressed);
    entry.compressed += chunk.length;
  }
  const header = Buffer.concat([buffer([[4, 0x04034b50], ...common(entry)]), entry.name]);
  await file.write(header, 0, header.length, offset);
  return entry;
}

const common = ({ name, crc, compressed, size }: Written): [bytes: 2 | 4, value: number][] =>
  [[2, version], [2, utf8Name], [2, deflated], [2, 0], [2, firstDay], [4, crc], [4, compressed], [4, size], [2, name.length], [2, 0]];

const directoryEntry = (entry: Written): Buffer =>
  Buffer.concat([buffer([[4, 0x02014b50], [2, version], ...common(entry), [2, 0], [2, 0], [2, 0], [4, (0o100644 << 16) >>> 0], [4, entry.offset]]), entry.name]);

function buffer(fields: [bytes: 2 | 4, value: number][]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of fields) at = bytes.writeUIntLE(value, at, length);
  return bytes;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
