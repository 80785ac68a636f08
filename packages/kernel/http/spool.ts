/** Receives a file to a temporary place before any transaction begins, so that a slow sender holds no connection. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
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
    await pipeline(unbroken(source), count, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    // The rest is read and dropped, so that the connection comes to its end.
    if (source instanceof Readable) source.resume();
    throw cutShort(error) ? new Problem(problems.malformed_request, { cause: error }) : error;
  }
  return new Upload({ name: baseName(file.name), mediaType: file.mediaType, path, size, sha256: hash.digest('hex') });
}

/** A sender that goes away in the middle is no failure of ours. */
const cutShort = (error: unknown): boolean => ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as { code?: string }).code ?? '');

/** A request that is destroyed takes its connection with it, and the sender would never read why it was refused. */
const unbroken = (source: AsyncIterable<Uint8Array>) => (source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source);

export const discard = (file: Upload): Promise<void> => rm(file.path, { force: true });

/** The last part of whatever a client calls a file, without control characters, of at most 200 characters. */
function baseName(name: string): string {
  // eslint-disable-next-line no-control-regex
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]/g, '').slice(-200) || 'file';
}
