import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredFile, Unpacked } from './archive.ts';
import { decodeText, type DecodedText } from './text.ts';
import { PackageError } from './types.ts';

/** The extracted package, addressed by package paths. */
export class PackageContents {
  readonly files: Map<string, StoredFile>;
  readonly name: string;
  readonly #workDir: string;
  readonly #maxTextBytes: number;
  readonly #folded = new Map<string, string>();

  constructor(unpacked: Unpacked, workDir: string, maxTextBytes: number) {
    this.files = unpacked.files;
    this.name = unpacked.name;
    this.#workDir = workDir;
    this.#maxTextBytes = maxTextBytes;
    for (const path of this.files.keys()) this.#folded.set(path.toLowerCase(), path);
  }

  /** The path as it stands in the package: packages made on Windows are careless about case. */
  locate(path: string): string | undefined {
    return this.files.has(path) ? path : this.#folded.get(path.toLowerCase());
  }

  /** The only path that ends in this one, which must name a folder too. */
  locateEnding(path: string): string | undefined {
    const found = path.includes('/') ? this.paths().filter((one) => one.endsWith(`/${path}`)) : [];
    return found.length === 1 ? found[0] : undefined;
  }

  paths(): string[] {
    return [...this.files.keys()];
  }

  /** The bytes of a file that is to be parsed. Throws `too_large` past the limit for texts. */
  async read(path: string): Promise<Buffer> {
    const file = this.files.get(path);
    if (file === undefined) throw new PackageError('file_missing', { path });
    if (file.size > this.#maxTextBytes) throw new PackageError('too_large', { path, limit: this.#maxTextBytes });
    return readFile(file.stored);
  }

  async readText(path: string): Promise<DecodedText> {
    return decodeText(await this.read(path));
  }

  /** Adds a file that stood inside a page (a `data:` address). */
  addInline(bytes: Buffer, ending: string): StoredFile {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { path: `inline/${sha256.slice(0, 16)}.${ending}`, size: bytes.length, sha256, stored: join(this.#workDir, sha256) };
    if (!this.files.has(file.path)) {
      // Synchronous because it happens within the HTML parser's callbacks.
      writeFileSync(file.stored, bytes, { mode: 0o600 });
      this.files.set(file.path, file);
    }
    return file;
  }
}
