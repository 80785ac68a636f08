import { asReason, type ReportKind, type ReportReason } from './codes.ts';
import { cleanTitle } from './text.ts';
import { PackageError, type ReportEntry, type ReportOutcome, type ReportParams } from './types.ts';

const MAX_PARAM_LENGTH = 500;

/**
 * What became of every part of the package. Files are ticked off as entries name them, so that at the end
 * whatever nobody spoke for can be reported too: an import never loses silently.
 */
export class Report {
  readonly entries: ReportEntry[] = [];
  readonly #accounted = new Set<string>();

  /** Adds one entry; `files` are the package paths that it speaks for. */
  add(outcome: ReportOutcome, kind: ReportKind, title: string, reason: ReportReason, details: { params?: ReportParams; files?: Iterable<string> } = {}): void {
    for (const file of details.files ?? []) this.#accounted.add(file);
    this.entries.push({ outcome, kind, title: cleanTitle(title), reason, ...(details.params && { params: bounded(details.params) }) });
  }

  hasAccounted(path: string): boolean {
    return this.#accounted.has(path);
  }

  /** Reports each of `paths` that no entry has spoken for. */
  addUnaccounted(paths: Iterable<string>): void {
    for (const path of paths) {
      if (!this.#accounted.has(path)) this.add('dropped', 'file', path, 'not_referenced', { files: [path] });
    }
  }
}

/** What a package says of itself can be as long as it likes; the report cannot. */
function bounded(params: ReportParams): ReportParams {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, MAX_PARAM_LENGTH) : value]));
}

/** What to report of a part whose reading failed. Throws on whatever concerns the whole package, and faults of ours. */
export function partFailure(error: unknown): { reason: ReportReason; params: ReportParams } {
  const reason = error instanceof PackageError ? asReason(error.code) : null;
  if (reason === null) throw error;
  return { reason, params: (error as PackageError).params };
}
