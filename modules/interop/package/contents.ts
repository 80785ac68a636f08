import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredFile, Unpacked } from './archive.ts';
import { baseName } from './paths.ts';
import { decodeText, type DecodedText } from './text.ts';
import { PackageError, type PackageLimits } from './types.ts';

/** The extracted package, addressed by package paths. */
export class PackageContents {
  readonly files: Map<string, StoredFile>;
  readonly name: string;
  readonly #workDir: string;
  readonly #limits: PackageLimits;
  #textBytes = 0;
  readonly #folded = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();

  constructor(unpacked: Unpacked, workDir: string, limits: PackageLimits) {
    this.files = unpacked.files;
    this.name = unpacked.name;
    this.#workDir = workDir;
    this.#limits = limits;
    for (const path of this.files.keys()) {
      this.#folded.set(path.toLowerCase(), path);
      const namesakes = this.#byName.get(baseName(path));
      if (namesakes === undefined) this.#byName.set(baseName(path), [path]);
      else namesakes.push(path);
    }
  }

  /** The path as it stands in the package: packages made on Windows are careless about case. */
  locate(path: string): string | undefined {
    return this.files.has(path) ? path : this.#folded.get(path.toLowerCase());
  }

  /** The only path that ends in this one, which must name a folder too. */
  locateEnding(path: string): string | undefined {
    const namesakes = path.includes('/') ? this.#byName.get(baseName(path)) : undefined;
    const found = namesakes?.filter((one) => one.endsWith(`/${path}`)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  paths(): string[] {
    return [...this.files.keys()];
  }

  /** The bytes of a file that is to be parsed. Throws `too_large` past the limit for one text, `too_much_text` past that for all. */
  async read(path: string): Promise<Buffer> {
    const file = this.files.get(path);
    if (file === undefined) throw new PackageError('file_missing', { path });
    const { maxTextBytes, maxTotalTextBytes } = this.#limits;
    if (file.size > maxTextBytes) throw new PackageError('too_large', { path, limit: maxTextBytes });
    this.#textBytes += file.size;
    if (this.#textBytes > maxTotalTextBytes) throw new PackageError('too_much_text', { limit: maxTotalTextBytes });
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
