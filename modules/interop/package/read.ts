import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, unpack } from './archive.ts';
import { assemble } from './assemble.ts';
import { isCanvas, planCanvas } from './canvas.ts';
import { planCartridge } from './common-cartridge.ts';
import { PackageContents } from './contents.ts';
import { checkManifestFormat, checkSignature, detectFormat, looksLikeScorm } from './detect.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { planMarkdown } from './markdown.ts';
import { planMilpa } from './milpa.ts';
import type { CoursePlan } from './plan.ts';
import { Report } from './report.ts';
import { PackageError, type CoursePackage, type ReadOptions } from './types.ts';

const TOTAL = 100;
/** Unpacking's share of the work, of TOTAL. */
const UNPACKING = 70;

/**
 * Reads a course package, a zip file or a folder, in this thread: for files that are trusted, and for tests. For anything
 * that came from outside use `readPackageInWorker`. Throws `PackageError` (codes: README.md) and then leaves `workDir` empty.
 */
export async function readPackage(file: string, options: ReadOptions): Promise<CoursePackage> {
  await prepareWorkDir(options.workDir);
  try {
    return await read(file, options);
  } catch (error) {
    await emptyFolder(options.workDir);
    throw error;
  }
}

/** Removes everything in `folder`, not the folder. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function read(file: string, options: ReadOptions): Promise<CoursePackage> {
  const progress = (done: number) => options.onProgress?.(Math.floor(done), TOTAL);
  await checkSource(file);
  const unpacked = await unpack(file, options, (share) => progress(UNPACKING * share));
  const digest = digestOf(unpacked.files);
  const contents = new PackageContents(unpacked, options.workDir, options.limits);
  const report = new Report();
  if (unpacked.leftovers > 0) report.add('dropped', 'leftover', contents.name, 'system_leftovers', { params: { count: unpacked.leftovers } });
  const plan = await planCourse(contents, report);
  const course = await assemble(plan, contents, digest, report, options.limits, (share) => progress(UNPACKING + (TOTAL - UNPACKING) * share));
  progress(TOTAL);
  return course;
}

async function checkSource(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new PackageError('not_found', {}, { cause });
  });
  if (found.isFile()) await checkSignature(file);
  else if (!found.isDirectory()) throw new PackageError('not_an_archive');
}

async function planCourse(contents: PackageContents, report: Report): Promise<CoursePlan> {
  const detected = detectFormat(contents);
  if (detected.format === 'markdown') return planMarkdown(contents, report);
  const manifest = await readManifestOrName(contents, detected.path);
  await checkManifestFormat(contents, manifest);
  if (isCanvas(manifest, contents)) return planCanvas(manifest, contents, report);
  const plan = await planCartridge(manifest, contents, report);
  return await planMilpa(plan, contents, report) ?? plan;
}

/** Where a manifest cannot be read, the files beside it may still tell what the package is. */
async function readManifestOrName(contents: PackageContents, path: string): Promise<Manifest> {
  try {
    return await readManifest(contents, path);
  } catch (cause) {
    if (looksLikeScorm(contents)) throw new PackageError('unsupported_format', { found: 'scorm' }, { cause });
    throw cause;
  }
}

/** Makes `workDir`, or makes sure that it is empty. */
export async function prepareWorkDir(workDir: string): Promise<void> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  // It will be emptied if reading fails: nobody's files may be in it.
  if ((await readdir(workDir)).length > 0) throw new Error(`workDir is not empty: ${workDir}`);
}
