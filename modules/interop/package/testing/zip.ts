import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip file for tests; every field that a hostile archive could lie about can be set. */
export interface ZipEntry {
  name: string | Buffer;
  content?: string | Buffer;
  stored?: boolean;
  /** What stands in the archive in place of the compressed content. */
  compressed?: Buffer;
  /** Bits of the general purpose flag: 0x1 encrypted, 0x800 UTF-8 name. */
  flags?: number;
  /** Unix mode, type bits included: 0o120777 is a symbolic link. */
  mode?: number;
  declaredSize?: number;
  declaredCrc?: number;
}

/** Entries from a map of paths to contents. */
export function entriesOf(files: Record<string, string | Buffer>): ZipEntry[] {
  return Object.entries(files).map(([name, content]) => ({ name, content }));
}

/** Writes a zip file (no zip64), as its format note describes: local headers and data, central directory, its end. */
export function zip(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const header = headerOf(entry);
    const local = Buffer.concat([signature(0x04034b50), header.common, header.name, header.data]);
    central.push(Buffer.concat([signature(0x02014b50), uint16(0x0314), header.common, uint16(0), uint16(0), uint16(0), uint32(((entry.mode ?? 0o100644) << 16) >>> 0), uint32(offset), header.name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.concat([signature(0x06054b50), uint16(0), uint16(0), uint16(entries.length), uint16(entries.length), uint32(directory.length), uint32(offset), uint16(0)]);
  return Buffer.concat([...locals, directory, end]);
}

function headerOf(entry: ZipEntry): { common: Buffer; name: Buffer; data: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const data = entry.stored ? content : entry.compressed ?? deflateRawSync(content);
  const name = Buffer.from(entry.name);
  const common = Buffer.concat([
    uint16(20), uint16(entry.flags ?? 0), uint16(entry.stored ? 0 : 8), uint16(0), uint16(0x21),
    uint32(entry.declaredCrc ?? crc32(content)), uint32(data.length), uint32(entry.declaredSize ?? content.length), uint16(name.length), uint16(0),
  ]);
  return { common, name, data };
}

function signature(value: number): Buffer {
  return uint32(value);
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
