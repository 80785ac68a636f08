import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { RecognizedFormat } from './codes.ts';
import type { PackageContents } from './contents.ts';
import { findManifest, type Manifest } from './manifest.ts';
import { isMarkdown } from './markdown.ts';
import { baseName } from './paths.ts';
import { decodeText } from './text.ts';
import { PackageError } from './types.ts';

const HEAD_BYTES = 64 * 1024;
const SIGNATURES: [bytes: string, format: RecognizedFormat][] = [
  ['\x1f\x8b', 'gzip'], ['Rar!', 'rar'], ['7z\xbc\xaf\x27\x1c', '7z'], ['%PDF', 'pdf'],
];
/** Files whose presence names a format that we do not read. */
const TELLTALES: [pattern: RegExp, format: RecognizedFormat][] = [
  [/^moodle_backup\.xml$/, 'moodle-backup'], [/^h5p\.json$/, 'h5p'], [/^H5P\.[\w.-]+\/library\.json$/, 'h5p'], [/^cmi5\.xml$/, 'cmi5'], [/^tincan\.xml$/, 'tincan'],
  [/^manifest\.csv$/, 'oneroster'],
];

/** Refuses what is no zip file. Errors: not_an_archive, unsupported_format (with what it is). */
export async function checkSignature(file: string): Promise<void> {
  const head = await readHead(file);
  const bytes = head.toString('latin1');
  if (bytes.startsWith('PK')) return;
  const found = SIGNATURES.find(([signature]) => bytes.startsWith(signature))?.[1];
  if (found === undefined) throw new PackageError('not_an_archive');
  throw new PackageError('unsupported_format', { found: found === 'gzip' && (await isMoodleBackup(head)) ? 'moodle-backup' : found });
}

/** Which reader the package needs. Errors: unsupported_format, no_manifest. */
export function detectFormat(contents: PackageContents): { format: 'manifest'; path: string } | { format: 'markdown' } {
  const manifest = findManifest(contents);
  if (manifest !== undefined) return { format: 'manifest', path: manifest };
  const found = contents.paths().map((path) => TELLTALES.find(([pattern]) => pattern.test(path))?.[1]).find((format) => format !== undefined);
  if (found !== undefined) throw new PackageError('unsupported_format', { found });
  if (contents.paths().some(isMarkdown)) return { format: 'markdown' };
  throw new PackageError('no_manifest');
}

/** SCORM and QTI packages have the same manifest as a cartridge: refuses them by what theirs says. */
export async function checkManifestFormat(contents: PackageContents, manifest: Manifest): Promise<void> {
  const { text } = decodeText(await contents.read(manifest.path));
  if (/imscc|common cartridge/i.test(text.slice(0, HEAD_BYTES))) return;
  if (/adlnet\.org|adl scorm|adlcp/i.test(text.slice(0, HEAD_BYTES))) throw new PackageError('unsupported_format', { found: 'scorm' });
  const isQti = /qti/i.test(manifest.schema) || (manifest.resources.length > 0 && manifest.resources.every(({ type }) => /qti|webcontent|associatedcontent/.test(type)) && manifest.resources.some(({ type }) => /qti/.test(type)));
  if (isQti) throw new PackageError('unsupported_format', { found: 'qti' });
}

/** A cartridge's name for its parts, in the file names alone: what a broken manifest would have told. */
export function looksLikeScorm(contents: PackageContents): boolean {
  return contents.paths().some((path) => /^(adlcp_\w+|imsss_v1p0)\.xsd$/.test(baseName(path)));
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Newer Moodle backups are gzipped tar files whose first member is this index. */
async function isMoodleBackup(head: Buffer): Promise<boolean> {
  const gunzip = createGunzip();
  const first = await new Promise<string>((resolve) => {
    gunzip.once('data', (chunk: Buffer) => resolve(chunk.subarray(0, 100).toString('latin1')));
    // The head ends within the stream, so an error is expected, after the data.
    gunzip.once('error', () => resolve(''));
    gunzip.end(head);
  });
  gunzip.destroy();
  return /^(\.ARCHIVE_INDEX|moodle_backup\.xml|activities\/)/.test(first);
}
