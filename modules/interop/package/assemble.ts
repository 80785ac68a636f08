import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { ReportKind } from './codes.ts';
import type { PackageContents } from './contents.ts';
import { sanitizeHtml, type HtmlChanges } from './html.ts';
import { mediaTypeOf } from './media-types.ts';
import { baseName, extension } from './paths.ts';
import type { CoursePlan, LessonPlan, RawHtml } from './plan.ts';
import { findInPackage, resolveReference, type ReferenceTargets } from './references.ts';
import type { Report } from './report.ts';
import { cleanTitle, htmlToText, summarize } from './text.ts';
import { PackageError, type CoursePackage, type PackageFile, type PackageLesson, type PackageLimits } from './types.ts';

const INLINE_IMAGE = /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,([a-z0-9+/=\s]+)$/i;
/** They dress a page that we undress: nobody misses them as an attachment. */
const PRESENTATION_ONLY = new Set(['css', 'js', 'mjs', 'woff', 'woff2', 'ttf', 'eot', 'otf', 'xsd', 'dtd']);

/** Turns a plan into the package: sanitises, resolves references, gathers the files in use, completes the report. */
export async function assemble(plan: CoursePlan, contents: PackageContents, digest: string, report: Report, limits: PackageLimits, onProgress: (share: number) => void): Promise<CoursePackage> {
  const modules = plan.modules.filter((module) => module.lessons.length > 0);
  const lessonCount = modules.reduce((sum, module) => sum + module.lessons.length, 0);
  if (lessonCount === 0) throw new PackageError('empty_course');
  if (lessonCount > limits.maxLessons) throw new PackageError('too_many_lessons', { limit: limits.maxLessons });
  const files = new Map<string, PackageFile>();
  const targets = referenceTargets({ ...plan, modules }, contents, files, report);
  // First what became of each part, so that every file is spoken for by its own part before a page refers to it.
  for (const lesson of modules.flatMap((module) => module.lessons)) reportLesson(lesson, report);
  let done = 0;
  let length = 0;
  const places = new Map(modules.map((module, place) => [plan.modules.indexOf(module), place]));
  const lessons = modules.map((module) => ({
    ...(module.release && { release: module.release }),
    ...(module.prerequisites && { prerequisites: module.prerequisites.flatMap((at) => places.get(at) ?? []) }),
    title: cleanTitle(module.title) || cleanTitle(plan.title) || contents.name,
    lessons: module.lessons.map((lesson) => {
      const assembled = assembleLesson(lesson, targets, files, report);
      length += assembled.html.length;
      // One page can be many items: what is small in the package can be large in the course.
      if (length > limits.maxTotalTextBytes) throw new PackageError('too_much_text', { limit: limits.maxTotalTextBytes });
      onProgress(++done / lessonCount);
      return assembled;
    }),
  }));
  const descriptionHtml = render(plan.description, cleanTitle(plan.title), 'description', targets, report);
  report.addUnaccounted(contents.paths());
  await removeUnused(contents, files);
  return {
    format: plan.format,
    formatVersion: plan.formatVersion,
    digest,
    title: cleanTitle(plan.title) || contents.name,
    summary: summarize(plan.summary || htmlToText(descriptionHtml)),
    descriptionHtml,
    language: plan.language,
    level: plan.level,
    tags: [...new Set(plan.tags.map(cleanTitle).filter((tag) => tag !== ''))],
    category: plan.category,
    price: plan.price,
    rules: plan.rules ?? null,
    modules: lessons,
    files: [...files.values()],
    report: report.entries,
  };
}

function assembleLesson(lesson: LessonPlan, targets: ReferenceTargets, files: Map<string, PackageFile>, report: Report): PackageLesson {
  const title = titleOf(lesson);
  const html = render(lesson, title, 'page_content', targets, report);
  const attached = lesson.attachments.flatMap((reference) => {
    const path = findInPackage(reference, lesson.source, targets);
    if (path === undefined) report.add('dropped', 'attachment', reference, 'file_missing');
    return path ?? [];
  });
  const companions = lesson.companions.filter((path) => !files.has(path) && !report.hasAccounted(path) && !PRESENTATION_ONLY.has(extension(path)));
  const paths = new Set([...attached, ...companions]);
  const { completion, optional } = lesson;
  return { title, html, minutes: lesson.minutes, ...(completion && { completion }), ...(optional !== undefined && { optional }), attachments: [...paths].map((path) => targets.useFile(path).slice('milpa-file:'.length)) };
}

function reportLesson(lesson: LessonPlan, report: Report): void {
  const { outcome, kind, reason, params } = lesson.entry;
  report.add(outcome, kind, titleOf(lesson), reason, { ...(params && { params }), files: lesson.files });
}

function titleOf(lesson: LessonPlan): string {
  return cleanTitle(lesson.title) || cleanTitle(baseName(lesson.source).replace(/\.[^.]+$/, ''));
}

function render(raw: RawHtml, title: string, kind: ReportKind, targets: ReferenceTargets, report: Report): string {
  const { html, changes } = sanitizeHtml(raw.html, (reference, use) => resolveReference(reference, raw.source, use, targets));
  reportChanges(changes, title, kind, report);
  return html;
}

function reportChanges(changes: HtmlChanges, title: string, kind: ReportKind, report: Report): void {
  const listed = (values: Set<string>) => ({ params: { count: values.size, what: [...values].slice(0, 10).join(', ') } });
  if (changes.active.size > 0) report.add('changed', kind, title, 'active_content_removed', listed(changes.active));
  if (changes.linked.size > 0) report.add('changed', kind, title, 'embed_became_link', listed(changes.linked));
  if (changes.remote.size > 0) report.add('changed', kind, title, 'remote_media_removed', listed(changes.remote));
  if (changes.broken.size > 0) report.add('changed', kind, title, 'broken_reference', listed(changes.broken));
  if (changes.imagesWithoutAlt > 0) report.add('changed', kind, title, 'image_without_alt', { params: { count: changes.imagesWithoutAlt } });
  if (changes.formatting) report.add('changed', kind, title, 'formatting_removed');
}

function referenceTargets(plan: CoursePlan, contents: PackageContents, files: Map<string, PackageFile>, report: Report): ReferenceTargets {
  const byPath = new Map<string, string>();
  const byId = new Map<string, string>();
  plan.modules.forEach((module, moduleIndex) => module.lessons.forEach((lesson, lessonIndex) => {
    const address = `milpa-lesson:${moduleIndex}/${lessonIndex}`;
    if (lesson.isPage && !byPath.has(lesson.source)) byPath.set(lesson.source, address);
    for (const id of lesson.ids) if (!byId.has(id)) byId.set(id, address);
  }));
  const useFile = (path: string) => {
    const known = files.get(path);
    const file = known ?? describeFile(path, contents);
    if (known === undefined) {
      files.set(path, file);
      if (!report.hasAccounted(path)) report.add('kept', 'file', file.name, 'file_kept', { files: [path] });
    }
    return `milpa-file:${file.key}`;
  };
  return {
    locate: (path) => contents.locate(path),
    locateEnding: (path) => contents.locateEnding(path),
    lessonAt: (path) => byPath.get(path),
    lessonOf: (id) => byId.get(id),
    fileOf: (id) => plan.fileIds.get(id),
    useFile,
    useInline: (dataUrl) => {
      const [, subtype, base64] = INLINE_IMAGE.exec(dataUrl) ?? [];
      if (subtype === undefined || base64 === undefined) return null;
      const { path } = contents.addInline(Buffer.from(base64, 'base64'), subtype.toLowerCase().replace('svg+xml', 'svg').replace('jpeg', 'jpg'));
      if (!report.hasAccounted(path)) report.add('changed', 'file', baseName(path), 'inline_image_became_file', { files: [path] });
      return useFile(path);
    },
  };
}

function describeFile(path: string, contents: PackageContents): PackageFile {
  const stored = contents.files.get(path);
  if (stored === undefined) throw new PackageError('file_missing', { path });
  const key = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return { key, name: baseName(path), mediaType: mediaTypeOf(path), size: stored.size, sha256: stored.sha256, path: stored.stored };
}

async function removeUnused(contents: PackageContents, files: Map<string, PackageFile>): Promise<void> {
  const used = new Set([...files.values()].map((file) => file.path));
  for (const { stored } of contents.files.values()) if (!used.has(stored)) await rm(stored, { force: true });
}
