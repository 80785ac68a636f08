import type { ReportKind, ReportReason } from './codes.ts';
import type { PackageContents } from './contents.ts';
import type { ManifestResource } from './manifest.ts';
import { isHtml, mediaTypeOf } from './media-types.ts';
import { baseName, extension } from './paths.ts';
import { packageHref, type LessonPlan } from './plan.ts';
import { decodeText, escapeHtml, paragraphs } from './text.ts';
import { partFailure } from './report.ts';
import type { ReportParams } from './types.ts';
import { descendants, find, parseXml, textAt, type XmlElement } from './xml.ts';

/** Why a resource becomes no lesson. */
export interface Dropped {
  kind: ReportKind;
  reason: ReportReason;
  params?: ReportParams;
}

export type ResourceResult = LessonPlan | { dropped: Dropped };

/** What we have no place for yet, by the resource's type. */
const UNSUPPORTED: [pattern: RegExp, kind: ReportKind, reason: ReportReason][] = [
  [/question-bank/, 'question_bank', 'question_bank_not_supported'],
  [/qti|apip/, 'quiz', 'quiz_not_supported'],
  [/lti/, 'lti_link', 'lti_link_not_supported'],
  [/imscsmd/, 'outcome', 'outcomes_not_supported'],
];
const CONTENT_TYPE = /webcontent|associatedcontent|learning-application-resource|^$/;

/** What a resource is, for the report. */
export function kindOf(resource: ManifestResource): ReportKind {
  const unsupported = UNSUPPORTED.find(([pattern]) => pattern.test(resource.type));
  if (unsupported !== undefined) return unsupported[1];
  if (/imswl/.test(resource.type) || resource.url !== null) return 'web_link';
  if (/imsdt/.test(resource.type)) return 'discussion';
  if (isAssignment(resource)) return 'assignment';
  return resource.main !== null && isHtml(resource.main) ? 'page' : 'file';
}

/** Makes a lesson of a resource, or says why not. What is wrong with one resource never stops the others. */
export async function readResource(resource: ManifestResource, title: string, contents: PackageContents): Promise<ResourceResult> {
  const kind = kindOf(resource);
  const unsupported = UNSUPPORTED.find(([pattern]) => pattern.test(resource.type));
  if (unsupported !== undefined) return { dropped: { kind, reason: unsupported[2] } };
  if (resource.url !== null) return webLink(title, resource.url, resource);
  if (resource.main === null) return { dropped: { kind, reason: 'file_missing', params: { what: resource.missing.slice(0, 10).join(', ') } } };
  try {
    if (kind === 'web_link') return await readWebLink(resource, title, contents);
    if (kind === 'discussion') return await readDiscussion(resource, title, contents);
    if (kind === 'assignment') return await readAssignment(resource, title, contents);
    if (kind === 'page') return await readPage(resource, title, contents);
    if (!CONTENT_TYPE.test(resource.type)) return { dropped: { kind: 'resource', reason: 'resource_type_not_supported', params: { what: resource.type } } };
    return fileLesson(resource, title);
  } catch (error) {
    return { dropped: { kind, ...partFailure(error) } };
  }
}

export function webLink(title: string, url: string, resource: { id: string; files: string[] }): ResourceResult {
  if (!/^(https?|mailto):/i.test(url)) return { dropped: { kind: 'web_link', reason: 'unsafe_link', params: { what: url.slice(0, 200) } } };
  return {
    ...lessonDefaults(resource, resource.files[0] ?? ''),
    title: title || url,
    html: `<p><a href="${escapeHtml(url)}">${escapeHtml(title || url)}</a></p>`,
    entry: { outcome: 'kept', kind: 'web_link', reason: 'link_kept' },
  };
}

async function readWebLink(resource: ManifestResource, title: string, contents: PackageContents): Promise<ResourceResult> {
  const { root } = await readXml(resource, contents);
  return webLink(title || textAt(root, 'title'), find(root, 'url')?.attributes['href']?.trim() ?? '', resource);
}

async function readDiscussion(resource: ManifestResource, title: string, contents: PackageContents): Promise<ResourceResult> {
  const { root, source } = await readXml(resource, contents);
  return textLesson(resource, source, title, root, richText(find(root, 'text')), 'discussion', 'discussion_kept_as_text') ?? { dropped: { kind: 'discussion', reason: 'discussion_without_text' } };
}

/** What was a task or a question stays as a text to read; null when it says nothing. */
function textLesson(resource: ManifestResource, source: string, title: string, root: XmlElement, html: string, kind: ReportKind, reason: ReportReason): LessonPlan | null {
  const attachments = attachmentsOf(root);
  if (html === '' && attachments.length === 0) return null;
  return { ...lessonDefaults(resource, source), title: title || textAt(root, 'title'), html, attachments, entry: { outcome: 'changed', kind, reason } };
}

/** Either the assignment extension's XML, or a page that the manifest calls an assignment (Canvas does). */
async function readAssignment(resource: ManifestResource, title: string, contents: PackageContents): Promise<ResourceResult> {
  const page = resource.files.find(isHtml);
  if (page !== undefined) return changedTo(await readPage({ ...resource, main: page }, title, contents), 'assignment_kept_as_text');
  if (resource.main === null || extension(resource.main) !== 'xml') return changedTo(fileLesson(resource, title), 'assignment_kept_as_text');
  const { root, source } = await readXml(resource, contents);
  const forLearners = richText(find(root, 'text'));
  // Some exporters put the task itself where the standard has notes for the instructor: kept, but to be looked at.
  const [html, reason] = forLearners ? [forLearners, 'assignment_kept_as_text' as const] : [richText(find(root, 'instructor_text')), 'assignment_from_instructor_text' as const];
  return textLesson(resource, source, title, root, html, 'assignment', reason) ?? { dropped: { kind: 'assignment', reason: 'assignment_without_text' } };
}

async function readPage(resource: ManifestResource, title: string, contents: PackageContents): Promise<LessonPlan> {
  const source = resource.main ?? '';
  const { text, damaged } = decodeText(await contents.read(source));
  return {
    ...lessonDefaults(resource, source),
    title: title || pageTitle(text),
    html: text,
    isPage: true,
    companions: resource.files.filter((path) => path !== source && !isHtml(path)),
    files: [source],
    entry: damaged ? { outcome: 'changed', kind: 'page', reason: 'encoding_damaged' } : { outcome: 'kept', kind: 'page', reason: 'page_kept' },
  };
}

/** A lesson that shows pictures, sound and film, and offers other files. */
function fileLesson(resource: ManifestResource, title: string): LessonPlan {
  const html = resource.files.map((path) => fileHtml(path, resource.files.length === 1 ? title : baseName(path))).join('\n');
  return {
    ...lessonDefaults(resource, resource.main ?? ''),
    title,
    html,
    files: resource.files,
    entry: { outcome: 'kept', kind: 'file', reason: 'file_became_lesson' },
  };
}

function fileHtml(path: string, label: string): string {
  const href = packageHref(path);
  const text = escapeHtml(label || baseName(path));
  const [family] = mediaTypeOf(path).split('/');
  if (family === 'image') return `<figure><img src="${href}" alt="${text}"></figure>`;
  if (family === 'audio' || family === 'video') return `<${family} src="${href}" controls></${family}>`;
  return `<p><a href="${href}">${text}</a></p>`;
}

function isAssignment(resource: ManifestResource): boolean {
  return /assignment/.test(resource.type) || resource.intendedUse === 'assignment' || resource.files.some((path) => baseName(path) === 'assignment_settings.xml');
}

function changedTo(lesson: LessonPlan, reason: ReportReason): LessonPlan {
  return { ...lesson, companions: lesson.companions.filter((path) => baseName(path) !== 'assignment_settings.xml'), entry: { outcome: 'changed', kind: 'assignment', reason } };
}

function lessonDefaults(resource: { id: string; files: string[] }, source: string): Omit<LessonPlan, 'title' | 'html' | 'entry'> {
  const slug = baseName(source).replace(/\.[^.]+$/, '');
  return { source, minutes: null, isPage: false, ids: [resource.id, slug].filter((id) => id !== ''), attachments: [], companions: [], files: resource.files };
}

async function readXml(resource: ManifestResource, contents: PackageContents): Promise<{ root: XmlElement; source: string }> {
  const source = resource.main ?? '';
  const { text } = await contents.readText(source);
  return { root: parseXml(text), source };
}

function richText(element: XmlElement | undefined): string {
  const text = element?.text.trim() ?? '';
  return element?.attributes['texttype'] === 'text/plain' ? paragraphs(text) : text;
}

function attachmentsOf(root: XmlElement): string[] {
  return descendants(root, 'attachment').flatMap(({ attributes }) => attributes['href'] || []);
}

function pageTitle(html: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1] ?? '';
  return title.replace(/&amp;/g, '&').trim();
}
