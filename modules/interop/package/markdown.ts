import { completion, release } from '@milpa/catalog/contract';
import type { ReportReason } from './codes.ts';
import type { PackageContents } from './contents.ts';
import { flattenExtensions, readYaml, renderMarkdown, splitFrontMatter, takeTitle, type FrontMatter } from './markdown-text.ts';
import { baseName, dirName, extension } from './paths.ts';
import type { CoursePlan, LessonPlan, ModulePlan, RawHtml } from './plan.ts';
import { partFailure, type Report } from './report.ts';
import { languageTag } from './text.ts';
import type { CourseLevel, PackagePrice } from './types.ts';

const LEVELS: readonly CourseLevel[] = ['beginner', 'intermediate', 'advanced', 'all'];
const PROJECT_FILES = /^(license|licence|copying|contributing|code_of_conduct|changelog|authors|security|pull_request_template)\.md$/i;
const INSTRUCTOR_FOLDER = /(^|\/)instructors?(\/|$)/i;
/** Named for what it holds, not for what it teaches. */
const CONTENT_FOLDER = /^_?(episodes|lessons|content|docs|src)$/i;
/** They come first in their folder. */
const FOLDER_PAGES = ['module.md', 'index.md', 'README.md', 'readme.md'];
/** What the course's own page may be called, in order of preference. */
const COVER_PAGES = ['course.md', 'index.md', 'readme.md'];

interface MarkdownFile {
  path: string;
  matter: FrontMatter;
  body: string;
}

export function isMarkdown(path: string): boolean {
  return ['md', 'markdown'].includes(extension(path));
}

/**
 * Plans a course from a folder of Markdown: with `course.md` as README.md describes, and any other reasonable folder by its
 * names and headings. Errors: bad_front_matter (of `course.md`).
 */
export async function planMarkdown(contents: PackageContents, report: Report): Promise<CoursePlan> {
  const cover = findCover(contents);
  const config = await readConfig(contents, report);
  const course = cover === undefined ? undefined : await readMarkdown(cover, contents, report, baseName(cover).toLowerCase() === 'course.md');
  const taken = takeTitle(course?.body ?? '');
  const title = text(course?.matter['title']) || text(config['title']) || taken.title || prettyName(contents.name);
  if (course !== undefined) report.add('kept', 'course', baseName(course.path), 'read_as_description', { files: [course.path] });
  const settings = { ...config, ...course?.matter };
  return {
    format: 'markdown',
    formatVersion: null,
    title,
    summary: text(settings['summary']),
    description: course === undefined ? { html: '', source: '' } : toHtml({ ...course, body: taken.body }, title, report),
    language: languageTag(text(settings['language']) || text(settings['lang'])),
    level: readLevel(settings['level'], report),
    tags: readTags(settings['tags'] ?? settings['keywords']),
    category: text(settings['category']) || null,
    price: readPrice(settings['price'], report),
    rules: readRules(settings),
    modules: await readModules(contents, cover, title, { ...config, files: settings['files'] }, report),
    fileIds: new Map(),
  };
}

function findCover(contents: PackageContents): string | undefined {
  const depth = (path: string) => path.split('/').length;
  const byDepth = contents.paths().filter(isMarkdown).sort((a, b) => depth(a) - depth(b));
  for (const name of COVER_PAGES) {
    const found = byDepth.find((path) => baseName(path).toLowerCase() === name && (name === 'course.md' || depth(path) === 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The settings of a lesson built with The Carpentries' tools, or of a Jekyll site. */
async function readConfig(contents: PackageContents, report: Report): Promise<FrontMatter> {
  const path = ['config.yaml', '_config.yml'].map((name) => contents.locate(name)).find((found) => found !== undefined);
  if (path === undefined) return {};
  try {
    const config = readYaml((await contents.readText(path)).text, path);
    report.add('kept', 'settings', path, 'read_as_structure', { files: [path] });
    return config;
  } catch (error) {
    const { reason, params } = partFailure(error);
    report.add('dropped', 'settings', path, reason, { params, files: [path] });
    return {};
  }
}

async function readModules(contents: PackageContents, cover: string | undefined, title: string, config: FrontMatter, report: Report): Promise<ModulePlan[]> {
  const folders = new Map<string, string[]>();
  const assets = text(config['files']).replace(/\/*$/, '/');
  for (const path of contents.paths().filter((one) => isMarkdown(one) && one !== cover && (assets === '/' || !one.startsWith(assets)))) {
    const reason: ReportReason | null = PROJECT_FILES.test(baseName(path)) ? 'project_file' : INSTRUCTOR_FOLDER.test(dirName(path)) ? 'instructor_material' : null;
    if (reason !== null) report.add('dropped', 'page', path, reason, { files: [path] });
    else folders.set(dirName(path), [...(folders.get(dirName(path)) ?? []), path]);
  }
  const modules: ModulePlan[] = [];
  const root = cover === undefined ? '' : dirName(cover);
  for (const folder of inOrder([...folders.keys()])) {
    modules.push(await readModule(folders.get(folder) ?? [], folder === root || CONTENT_FOLDER.test(folder) ? title : prettyName(baseName(folder)), orderFrom(config, folder), contents, report));
  }
  return modules;
}

async function readModule(paths: string[], fallbackTitle: string, order: string[], contents: PackageContents, report: Report): Promise<ModulePlan> {
  let title = fallbackTitle;
  let rules: Pick<ModulePlan, 'release' | 'prerequisites'> = {};
  const lessons: LessonPlan[] = [];
  for (const path of inOrder(paths, order)) {
    const file = await readMarkdown(path, contents, report, false);
    if (baseName(path).toLowerCase() !== 'module.md') lessons.push(planLesson(file, report));
    else {
      title = text(file.matter['title']) || takeTitle(file.body).title || title;
      rules = readModuleRules(file.matter);
      const hasText = takeTitle(file.body).body.trim() !== '';
      report.add(hasText ? 'changed' : 'kept', 'module', title, hasText ? 'module_text_dropped' : 'read_as_structure', { files: [path] });
    }
  }
  return { title, ...rules, lessons };
}

/** When the module opens, and the numbers of those that come before it. */
function readModuleRules({ opens, opensAfterWeeks, after }: FrontMatter): Pick<ModulePlan, 'release' | 'prerequisites'> {
  const said = typeof opens === 'string' ? { kind: 'date', at: opens } : typeof opensAfterWeeks === 'number' ? { kind: 'weeks', afterEnrollment: opensAfterWeeks } : undefined;
  const opening = release.safeParse(said).data;
  const numbers = Array.isArray(after) ? after.filter((one): one is number => Number.isSafeInteger(one) && one > 0) : [];
  return { ...(opening && { release: opening }), ...(numbers.length > 0 && { prerequisites: numbers.map((one) => one - 1) }) };
}

function readRules({ requiredShare, sequential }: FrontMatter): NonNullable<CoursePlan['rules']> | null {
  const share = typeof requiredShare === 'number' && Number.isInteger(requiredShare) && requiredShare >= 1 && requiredShare <= 100 ? requiredShare : 100;
  return requiredShare === undefined && sequential === undefined ? null : { requiredShare: share, sequential: sequential === true };
}

function planLesson(file: MarkdownFile, report: Report): LessonPlan {
  const taken = takeTitle(file.body);
  const named = text(file.matter['title']);
  const title = named || taken.title || prettyName(baseName(file.path));
  const body = named === '' || named === taken.title ? taken.body : file.body;
  return {
    title,
    ...toHtml({ ...file, body }, title, report),
    minutes: readMinutes(file.matter),
    ...readCompletion(file.matter),
    isPage: true,
    ids: [],
    attachments: list(file.matter['attachments']),
    companions: [],
    entry: { outcome: 'kept', kind: 'page', reason: 'page_kept' },
    files: [file.path],
  };
}

function toHtml(file: MarkdownFile, title: string, report: Report): RawHtml {
  const { body, divs } = flattenExtensions(file.body);
  if (divs.length > 0) report.add('changed', 'page_content', title, 'fenced_blocks_flattened', { params: { count: divs.length, what: [...new Set(divs)].join(', ') } });
  return { html: renderMarkdown(body), source: file.path };
}

async function readMarkdown(path: string, contents: PackageContents, report: Report, isStrict: boolean): Promise<MarkdownFile> {
  const decoded = await contents.readText(path);
  if (decoded.damaged) report.add('changed', 'page_content', path, 'encoding_damaged');
  try {
    return { path, ...splitFrontMatter(decoded.text, path) };
  } catch (error) {
    if (isStrict) throw error;
    const { reason, params } = partFailure(error);
    report.add('changed', 'page_content', path, reason, { params });
    return { path, matter: {}, body: decoded.text.replace(/^[\s\S]*?\n---[ \t]*\r?\n[\s\S]*?/, '') };
  }
}

/** Names in the order of people (2 before 10); what `first` lists comes first, in that order. */
function inOrder(paths: string[], first: string[] = []): string[] {
  const rank = (path: string) => (first.includes(baseName(path)) ? first.indexOf(baseName(path)) : first.length);
  const collator = new Intl.Collator('en', { numeric: true });
  return paths.sort((a, b) => rank(a) - rank(b) || collator.compare(a, b));
}

/** The Carpentries' `config.yaml` orders each folder's pages under the folder's name. */
function orderFrom(config: FrontMatter, folder: string): string[] {
  return FOLDER_PAGES.concat(list(config[baseName(folder).replace(/^_/, '')]));
}

function readCompletion({ completion: by, optional }: FrontMatter): Pick<LessonPlan, 'completion' | 'optional'> {
  const known = completion.safeParse(by).data;
  return { ...(known && { completion: known }), ...(optional === true && { optional }) };
}

function readMinutes(matter: FrontMatter): number | null {
  const parts = matter['minutes'] === undefined ? [matter['teaching'], matter['exercises']] : [matter['minutes']];
  const minutes = Math.round(parts.map(Number).filter((part) => Number.isFinite(part) && part > 0).reduce((sum, part) => sum + part, 0));
  return minutes > 0 ? minutes : null;
}

function readLevel(value: unknown, report: Report): CourseLevel | null {
  if (value === undefined || value === null) return null;
  const level = LEVELS.find((one) => one === text(value).toLowerCase());
  if (level === undefined) report.add('dropped', 'setting', 'level', 'unknown_level', { params: { what: text(value) } });
  return level ?? null;
}

function readPrice(value: unknown, report: Report): PackagePrice | null {
  if (value === undefined || value === null) return null;
  const { model, amount, currency } = (typeof value === 'object' ? value : { model: value }) as Record<string, unknown>;
  if (model === 'free') return { model };
  if (model === 'one_time' && typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0 && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) {
    return { model, amount, currency };
  }
  report.add('dropped', 'setting', 'price', 'unknown_price');
  return null;
}

function readTags(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '') : list(value);
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text).filter((one) => one !== '') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** `02-getting_started.md` → `Getting started` */
function prettyName(name: string): string {
  const words = name.replace(/\.[^.]+$/, '').replace(/^\d+[\s._-]+/, '').replace(/[_-]+/g, ' ').trim() || name;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
