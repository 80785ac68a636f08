/** A course as it leaves: what every format is written from. Nothing here knows the database. */
import type { CourseContent } from '@milpa/catalog';
import type { ArchiveEntry } from '@milpa/kernel/zip';

export interface ExportedFile { id: string; name: string; open: () => Promise<AsyncIterable<Uint8Array>> }

export interface ExportedCourse {
  title: string;
  summary: string;
  descriptionHtml: string;
  language: string;
  level: string;
  tags: string[];
  /** Its slug. */
  category: string | null;
  price: { amount: number; currency: string } | null;
  requiredShare: number;
  sequential: boolean;
  /** Links between lessons are by place: `milpa-lesson:<module>/<lesson>`, from 0. */
  modules: CourseContent['modules'];
  files: ReadonlyMap<string, ExportedFile>;
}

export type ExportedLesson = ExportedCourse['modules'][number]['lessons'][number];
export type Entries = Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>;

/** `1` of 12 is `01`: names in the order of the course, for people and programs alike. */
export const numbered = (index: number, count: number): string => String(index + 1).padStart(Math.max(2, String(count).length), '0');

/** A name that every file system takes; never empty. */
export const fileName = (name: string): string => name.normalize('NFC').replace(/[\p{Cc}\\/:*?"<>|]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, '') || 'file';

/** A relative address of one package path in another. */
export function relativeHref(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1);
  return up + to.split('/').map(encodeURIComponent).join('/');
}

/**
 * Where each file stands in the package: once under each name that it goes by, in a folder of its own, so that names may be the same.
 * Paths are given out as they are asked for.
 */
export class FilePlaces {
  readonly #files: ReadonlyMap<string, ExportedFile>;
  readonly #places = new Map<string, { path: string; file: ExportedFile }>();

  constructor(files: ReadonlyMap<string, ExportedFile>) {
    this.#files = files;
  }

  /** Undefined for a file that is gone. */
  pathOf(fileId: string, name?: string): string | undefined {
    const file = this.#files.get(fileId);
    if (!file) return undefined;
    const shown = fileName(name || file.name);
    const key = `${fileId}\n${shown}`;
    const known = this.#places.get(key) ?? { path: `files/${this.#places.size + 1}/${shown}`, file };
    this.#places.set(key, known);
    return known.path;
  }

  get paths(): string[] {
    return [...this.#places.values()].map(({ path }) => path);
  }

  async* entries(): AsyncGenerator<ArchiveEntry> {
    for (const { path, file } of this.#places.values()) yield { name: path, content: await file.open() };
  }
}

/** Stored HTML with addresses within the package, as seen from `source`. Links to lessons that are gone lead nowhere. */
export function withPackageAddresses(html: string, source: string, places: FilePlaces, lessonPath: (module: number, lesson: number) => string | undefined): string {
  return html
    .replace(/milpa-file:([0-9a-f-]{36})/g, (_, id: string) => {
      const path = places.pathOf(id);
      return path === undefined ? '' : relativeHref(source, path);
    })
    .replace(/milpa-lesson:([0-9a-f-]+)(?:\/(\d+))?/g, (_, module: string, lesson: string | undefined) => {
      const path = lesson === undefined ? undefined : lessonPath(Number(module), Number(lesson));
      return path === undefined ? '#' : relativeHref(source, path);
    });
}

/** Modules that hold something, and prerequisites by their new places. */
export function filledModules(modules: ExportedCourse['modules']): ExportedCourse['modules'] {
  const filled = modules.map((module, index) => ({ module, index })).filter(({ module }) => module.lessons.length > 0);
  const places = new Map(filled.map(({ index }, place) => [index, place]));
  const links = (html: string) => html.replace(/milpa-lesson:(\d+)\/(\d+)/g, (_, module: string, lesson: string) => `milpa-lesson:${places.get(Number(module)) ?? 'gone'}/${lesson}`);
  return filled.map(({ module }) => ({
    ...module, prerequisites: (module.prerequisites ?? []).flatMap((at) => places.get(at) ?? []), lessons: module.lessons.map((lesson) => ({ ...lesson, html: links(lesson.html) })),
  }));
}
