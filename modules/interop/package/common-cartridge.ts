import { readResource, kindOf, webLink, type ResourceResult } from './cartridge-resources.ts';
import type { PackageContents } from './contents.ts';
import type { Manifest, ManifestResource, OrganizationItem } from './manifest.ts';
import { isHtml } from './media-types.ts';
import { baseName } from './paths.ts';
import type { CoursePlan, LessonPlan, ModulePlan } from './plan.ts';
import type { Report } from './report.ts';
import { languageTag, paragraphs } from './text.ts';
import { PackageError } from './types.ts';
import { childrenOf, find, textAt, type XmlElement } from './xml.ts';

/** What reading one cartridge needs and notes. */
interface Reading {
  manifest: Manifest;
  contents: PackageContents;
  report: Report;
  byId: Map<string, ManifestResource>;
  used: Set<ManifestResource>;
}

/**
 * Plans a course from a Common Cartridge (1.0 to 1.3) or a plain IMS content package. `items` replaces the manifest's
 * own organisation where a format knows better. Errors: files_missing.
 */
export async function planCartridge(manifest: Manifest, contents: PackageContents, report: Report, items = manifest.items): Promise<CoursePlan> {
  checkCompleteness(manifest);
  report.add('kept', 'manifest', baseName(manifest.path), 'read_as_structure', { files: [manifest.path] });
  const lom = find(manifest.root, 'metadata', 'lom') ?? manifest.root;
  const title = textAt(lom, 'general', 'title', 'string') || textAt(lom, 'general', 'title', 'langstring') || contents.name;
  const reading: Reading = { manifest, contents, report, byId: new Map(), used: new Set() };
  for (const resource of manifest.resources) if (!reading.byId.has(resource.id)) reading.byId.set(resource.id, resource);
  const modules: ModulePlan[] = [];
  for (const group of groupModules(items, title)) modules.push({ title: group.title, lessons: await readItems(group.items, reading) });
  modules.push({ title, lessons: await readUnlisted(reading) });
  return {
    format: 'common-cartridge',
    formatVersion: manifest.version?.replace(/^(\d+\.\d+).*$/, '$1') ?? null,
    ...describe(lom),
    title,
    modules,
    level: null,
    category: null,
    price: null,
    fileIds: new Map(manifest.resources.flatMap(({ id, main }) => (main === null ? [] : [[id, main] as const]))),
  };
}

/** A package of which half is gone is no course any more, however well its manifest reads. */
function checkCompleteness(manifest: Manifest): void {
  const present = new Set(manifest.resources.flatMap(({ files }) => files)).size;
  const missing = new Set(manifest.resources.flatMap((resource) => resource.missing)).size;
  if (missing > 1 && missing >= present) throw new PackageError('files_missing', { missing, total: present + missing });
}

function describe(lom: XmlElement): Pick<CoursePlan, 'summary' | 'description' | 'language' | 'tags'> {
  const general = find(lom, 'general');
  const strings = (element: XmlElement | undefined) => [...childrenOf(element, 'string'), ...childrenOf(element, 'langstring')];
  const description = strings(find(general, 'description')).map(({ text }) => text.trim()).find((text) => text !== '') ?? '';
  const titleLanguage = strings(find(general, 'title'))[0]?.attributes;
  return {
    summary: '',
    description: { html: /<[a-z][^>]*>/i.test(description) ? description : paragraphs(description), source: '' },
    language: languageTag(textAt(general, 'language')) ?? languageTag(titleLanguage?.['language'] ?? titleLanguage?.['lang']),
    tags: childrenOf(general, 'keyword').flatMap(strings).map(({ text }) => text.trim()),
  };
}

/** The tree's second level are modules. Some exporters leave out its root; some hang single lessons beside the modules. */
function groupModules(items: OrganizationItem[], courseTitle: string): { title: string; items: OrganizationItem[] }[] {
  const [root] = items;
  const hasRoot = items.length === 1 && root !== undefined && root.ref === null && root.children.length > 0 &&
    (root.title === '' || root.children.some(({ children }) => children.length > 0));
  const groups: { title: string; items: OrganizationItem[]; loose: boolean }[] = [];
  for (const item of hasRoot && root !== undefined ? root.children : items) {
    const last = groups.at(-1);
    if (item.children.length > 0) groups.push({ title: item.title, items: item.ref === null ? item.children : [item], loose: false });
    else if (last?.loose) last.items.push(item);
    else groups.push({ title: (hasRoot && root?.title) || courseTitle, items: [item], loose: true });
  }
  return groups;
}

async function readItems(items: OrganizationItem[], reading: Reading): Promise<LessonPlan[]> {
  const lessons: LessonPlan[] = [];
  for (const item of items) {
    const lesson = await readItem(item, reading);
    if (lesson !== null) lessons.push(lesson);
    lessons.push(...(await readItems(item.children, reading)));
  }
  return lessons;
}

async function readItem(item: OrganizationItem, reading: Reading): Promise<LessonPlan | null> {
  const { report } = reading;
  const resource = item.ref === null ? undefined : reading.byId.get(item.ref);
  if (resource === undefined && item.url === null) {
    if (item.ref !== null) report.add('dropped', 'item', item.title, 'resource_missing');
    else if (item.children.length > 0) report.add('changed', 'folder', item.title, 'folder_flattened');
    else report.add('dropped', 'heading', item.title, 'heading_without_content');
    return null;
  }
  if (resource !== undefined) reading.used.add(resource);
  const lesson = settle(resource === undefined ? webLink(item.title, item.url ?? '', { id: item.id, files: [] }) : await readResource(resource, item.title, reading.contents), item.title, resource, report);
  if (lesson !== null && !item.published) report.add('changed', lesson.entry.kind, item.title, 'was_unpublished');
  return lesson === null ? null : { ...lesson, ids: [...lesson.ids, item.id] };
}

/** Resources outside the organisation: pages and texts become lessons of a last module, files wait for a page to refer to them. */
async function readUnlisted(reading: Reading): Promise<LessonPlan[]> {
  const lessons: LessonPlan[] = [];
  for (const resource of reading.manifest.resources.filter((one) => !reading.used.has(one))) {
    const kind = kindOf(resource);
    if (kind === 'file' || resource.files.some((path) => reading.report.hasAccounted(path) && path === resource.main)) {
      for (const href of resource.missing) reading.report.add('dropped', 'file', href, 'file_missing');
      continue;
    }
    if (kind === 'page' && isTakenPage(resource, reading)) continue;
    const lesson = settle(await readResource(resource, '', reading.contents), baseName(resource.main ?? resource.id), resource, reading.report);
    if (lesson !== null) lessons.push(kind === 'page' ? { ...lesson, entry: { outcome: 'changed', kind, reason: 'page_outside_modules' } } : lesson);
  }
  return lessons;
}

/** True when a listed resource already became the lesson made from this page. */
function isTakenPage(resource: ManifestResource, reading: Reading): boolean {
  return [...reading.used].some((used) => used.main === resource.main && used.main !== null && isHtml(used.main));
}

function settle(result: ResourceResult, title: string, resource: ManifestResource | undefined, report: Report): LessonPlan | null {
  if (!('dropped' in result)) {
    for (const href of resource?.missing ?? []) report.add('dropped', 'file', href, 'file_missing');
    return result;
  }
  const { kind, reason, params } = result.dropped;
  report.add('dropped', kind, title || baseName(resource?.main ?? ''), reason, { ...(params && { params }), files: resource?.files ?? [] });
  return null;
}
