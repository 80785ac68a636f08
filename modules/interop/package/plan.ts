import type { ReportKind, ReportReason } from './codes.ts';
import type { CoursePackage, PackageLesson, PackageModule, ReportOutcome, ReportParams } from './types.ts';

/** A course as its format's reader understood it: lessons in order, their HTML still raw, references unresolved. */
export interface CoursePlan extends Pick<CoursePackage, 'format' | 'formatVersion' | 'title' | 'language' | 'level' | 'tags' | 'category' | 'price'> {
  /** Plain text; when empty, made from the description. */
  summary: string;
  description: RawHtml;
  rules?: CoursePackage['rules'];
  modules: ModulePlan[];
  /** Identifiers under which pages may refer to files. */
  fileIds: Map<string, string>;
}

/** Untrusted HTML, and the package path that its references are relative to. */
export interface RawHtml {
  html: string;
  source: string;
}

/** Prerequisites are by the place in the plan. */
export interface ModulePlan extends Pick<PackageModule, 'release' | 'prerequisites'> {
  title: string;
  lessons: LessonPlan[];
}

export interface LessonPlan extends RawHtml, Pick<PackageLesson, 'completion' | 'optional'> {
  title: string;
  minutes: number | null;
  /** True when links to `source` mean this lesson, false when they mean the file itself. */
  isPage: boolean;
  /** Identifiers under which other pages may refer to this lesson. */
  ids: string[];
  /** References, as those of the HTML, to files that the author attached. */
  attachments: string[];
  /** Paths that came along with the page: attached when the page does not refer to them by itself. */
  companions: string[];
  entry: { outcome: ReportOutcome; kind: ReportKind; reason: ReportReason; params?: ReportParams };
  /** Paths that the entry speaks for. */
  files: string[];
}

/** The address, within a lesson's raw HTML, of a file by its package path. */
export function packageHref(path: string): string {
  return `/${path.split('/').map(encodeURIComponent).join('/')}`;
}
