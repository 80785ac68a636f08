import type { Completion, Release } from '@milpa/catalog/contract';
import type { PackageErrorCode, ReportKind, ReportReason } from './codes.ts';

/** A course package, read: one shape for every format. Nothing here knows the database or HTTP. */
export interface CoursePackage {
  format: 'common-cartridge' | 'canvas' | 'markdown';
  formatVersion: string | null;
  /** SHA-256 (hex) over the sorted entry paths and contents: the same package, even zipped anew, has the same digest. */
  digest: string;
  title: string;
  summary: string;
  descriptionHtml: string;
  /** BCP 47 tag. */
  language: string | null;
  level: CourseLevel | null;
  tags: string[];
  category: string | null;
  price: PackagePrice | null;
  /** Null: as a new course has it. */
  rules: { requiredShare: number; sequential: boolean } | null;
  modules: PackageModule[];
  /** Every package file that a lesson or the description refers to. */
  files: PackageFile[];
  report: ReportEntry[];
}

export type CourseLevel = 'beginner' | 'intermediate' | 'advanced' | 'all';

/** `amount` is in minor units of the ISO 4217 `currency`. */
export type PackagePrice = { model: 'free' } | { model: 'one_time'; amount: number; currency: string };

export interface PackageModule {
  title: string;
  release?: Release;
  /** Modules to complete first, by their place from 0. */
  prerequisites?: number[];
  lessons: PackageLesson[];
}

export interface PackageLesson {
  title: string;
  /** Sanitised. Package files are `milpa-file:<key>`, lessons of this package `milpa-lesson:<moduleIndex>/<lessonIndex>`. */
  html: string;
  minutes: number | null;
  completion?: Completion;
  optional?: boolean;
  /** Keys of `CoursePackage.files`. */
  attachments: string[];
}

export interface PackageFile {
  /** Unique in the package and stable from one import to the next: it is made from the file's path. */
  key: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** Where it was extracted: a flat name (its SHA-256) under `workDir`. */
  path: string;
}

export type ReportOutcome = 'kept' | 'changed' | 'dropped';
export type ReportParams = Record<string, string | number>;

export interface ReportEntry {
  outcome: ReportOutcome;
  kind: ReportKind;
  title: string;
  /** Stable code; the catalogue's text is made from it. */
  reason: ReportReason;
  params?: ReportParams;
}

export interface PackageLimits {
  /** Entries of the archive, folders included. */
  maxEntries: number;
  /** Bytes of all entries together, uncompressed. */
  maxTotalBytes: number;
  /** Bytes of one entry, uncompressed. */
  maxFileBytes: number;
  /** Bytes of one text that is parsed: manifest, page, front matter. */
  maxTextBytes: number;
  /** Lessons of the course. */
  maxLessons: number;
  /** Bytes of all texts that are parsed together, counted as often as they are read; and characters of all lessons' HTML. */
  maxTotalTextBytes: number;
  /** Uncompressed to compressed size, of one entry and of the whole; judged from 1 MiB on. */
  maxRatio: number;
  /** Wall-clock time for the whole read. Enforced by `readPackageInWorker`. */
  timeoutMs: number;
  /** Heap of the reading thread. Enforced by `readPackageInWorker`. */
  memoryMb: number;
}

export const DEFAULT_LIMITS: PackageLimits = {
  maxEntries: 20_000,
  maxTotalBytes: 2 * 1024 ** 3,
  maxFileBytes: 512 * 1024 ** 2,
  maxTextBytes: 8 * 1024 ** 2,
  maxLessons: 2_000,
  maxTotalTextBytes: 64 * 1024 ** 2,
  maxRatio: 200,
  timeoutMs: 120_000,
  memoryMb: 512,
};

export interface ReadOptions {
  /** An absent or empty folder. All writing stays inside it; it is emptied when reading fails. */
  workDir: string;
  limits: PackageLimits;
  /** What the person called the package, where `file` has another name: the title of last resort. */
  name?: string;
  /** Called with `done` rising to `total` (100). */
  onProgress?(done: number, total: number): void;
}

/** Why a package cannot be read. `code` is stable; the catalogue's text is made from it and `params`. */
export class PackageError extends Error {
  readonly code: PackageErrorCode;
  readonly params: ReportParams;

  constructor(code: PackageErrorCode, params: ReportParams = {}, options?: ErrorOptions) {
    super(Object.keys(params).length === 0 ? code : `${code} ${JSON.stringify(params)}`, options);
    this.name = 'PackageError';
    this.code = code;
    this.params = params;
  }
}
