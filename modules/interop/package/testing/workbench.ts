import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readPackage } from '../read.ts';
import { DEFAULT_LIMITS, PackageError, type CoursePackage, type PackageLimits, type ReportEntry } from '../types.ts';
import { entriesOf, zip, type ZipEntry } from './zip.ts';

/** A folder of its own for one test: packages are written and read in it, and it can be looked into. */
export class Workbench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workbench> {
    return new Workbench(await mkdtemp(join(tmpdir(), 'package-test-')));
  }

  get workDir(): string {
    return join(this.folder, 'work');
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async writeZip(content: Record<string, string | Buffer> | ZipEntry[], name = 'course.zip'): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, zip(Array.isArray(content) ? content : entriesOf(content)));
    return file;
  }

  async writeFolder(files: Record<string, string | Buffer>, name = 'course'): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, name, path)), { recursive: true });
      await writeFile(join(this.folder, name, path), content);
    }
    return join(this.folder, name);
  }

  /** Reads in this thread, in an empty work folder. */
  async read(file: string, limits: Partial<PackageLimits> = {}): Promise<CoursePackage> {
    await rm(this.workDir, { recursive: true, force: true });
    return readPackage(file, { workDir: this.workDir, limits: { ...DEFAULT_LIMITS, ...limits } });
  }

  async readZip(content: Record<string, string | Buffer> | ZipEntry[], limits: Partial<PackageLimits> = {}): Promise<CoursePackage> {
    return this.read(await this.writeZip(content), limits);
  }

  /** Why reading was refused: its code; `accepted` when it was not. */
  async refusal(content: Record<string, string | Buffer> | ZipEntry[], limits: Partial<PackageLimits> = {}): Promise<string> {
    return codeOf(this.readZip(content, limits));
  }

  async leftInWorkDir(): Promise<string[]> {
    return readdir(this.workDir).catch(() => []);
  }
}

/** The code with which reading was refused. Any other failure is thrown on. */
export async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'accepted';
  } catch (error) {
    if (error instanceof PackageError) return error.code;
    throw error;
  }
}

/** Report entries as short lines: `dropped quiz "Pretest" quiz_not_supported`. */
export function lines(report: ReportEntry[]): string[] {
  return report.map(({ outcome, kind, title, reason }) => `${outcome} ${kind} "${title}" ${reason}`);
}
