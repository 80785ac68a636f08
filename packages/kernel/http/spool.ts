/** Receives a file to a temporary place before any transaction begins, so that a slow sender holds no connection. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Upload } from '../contract.ts';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

/**
 * Writes at most `maxBytes` of `source` below `directory`. Remove it with `discard`.
 * @throws Problem `kernel.too_large`; nothing is left behind.
 */
export async function spool(source: AsyncIterable<Uint8Array>, file: { name: string; mediaType: string }, directory: string, maxBytes: number): Promise<Upload> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(new Problem(problems.too_large));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(source, count, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return new Upload({ name: baseName(file.name), mediaType: file.mediaType, path, size, sha256: hash.digest('hex') });
}

export const discard = (file: Upload): Promise<void> => rm(file.path, { force: true });

/** The last part of whatever a client calls a file, without control characters, of at most 200 characters. */
function baseName(name: string): string {
  // eslint-disable-next-line no-control-regex
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]/g, '').slice(-200) || 'file';
}
