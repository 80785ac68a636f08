import { planCartridge } from './common-cartridge.ts';
import type { PackageContents } from './contents.ts';
import type { Manifest, OrganizationItem } from './manifest.ts';
import { baseName, dirName } from './paths.ts';
import type { CoursePlan } from './plan.ts';
import { partFailure, type Report } from './report.ts';
import { cleanTitle, languageTag } from './text.ts';
import { childrenOf, descendants, find, parseXml, textAt, type XmlElement } from './xml.ts';

const SETTINGS_FOLDER = 'course_settings';
/** Items of a module that are a place of their own in Canvas, by `content_type`. */
const EXTERNAL_URL = 'ExternalUrl';

export function isCanvas(manifest: Manifest, contents: PackageContents): boolean {
  return contents.paths().some((path) => path.startsWith(settingsPath(manifest, '')));
}

/**
 * Plans a course from a Canvas export: a Common Cartridge whose `course_settings/` knows more than the manifest (modules with
 * their web links and publication, the course's own title, the syllabus).
 */
export async function planCanvas(manifest: Manifest, contents: PackageContents, report: Report): Promise<CoursePlan> {
  const moduleMeta = await readSettings(manifest, contents, report, 'module_meta.xml');
  const settings = await readSettings(manifest, contents, report, 'course_settings.xml');
  const items = moduleMeta === null ? [] : childrenOf(moduleMeta, 'module').filter(isAlive).map(readModule);
  const syllabus = await readSyllabus(manifest, contents, report);
  await reportSettings(manifest, contents, report);
  const plan = await planCartridge(manifest, contents, report, items.length > 0 ? items : manifest.items);
  return {
    ...plan,
    format: 'canvas',
    title: textAt(settings ?? undefined, 'title') || plan.title,
    language: languageTag(textAt(settings ?? undefined, 'locale')) ?? plan.language,
    description: syllabus ?? plan.description,
  };
}

/** One XML file of `course_settings/`; null when it is absent or cannot be read, which the report then says. */
async function readSettings(manifest: Manifest, contents: PackageContents, report: Report, name: string): Promise<XmlElement | null> {
  const path = contents.locate(settingsPath(manifest, name));
  const root = path === undefined ? null : await parseSettings(path, contents, report);
  if (path !== undefined && root !== null) report.add('kept', 'settings', name, 'read_as_structure', { files: [path] });
  return root;
}

async function parseSettings(path: string, contents: PackageContents, report: Report): Promise<XmlElement | null> {
  try {
    return parseXml((await contents.readText(path)).text);
  } catch (error) {
    const { reason, params } = partFailure(error);
    report.add('dropped', 'settings', baseName(path), reason, { params, files: [path] });
    return null;
  }
}

async function readSyllabus(manifest: Manifest, contents: PackageContents, report: Report): Promise<CoursePlan['description'] | null> {
  const path = contents.locate(settingsPath(manifest, 'syllabus.html'));
  if (path === undefined) return null;
  const { text } = await contents.readText(path);
  if (!/<body[^>]*>\s*\S/i.test(text.replace(/<\/body[\s\S]*/i, ''))) return null;
  report.add('changed', 'syllabus', baseName(path), 'syllabus_became_description', { files: [path] });
  return { html: text, source: path };
}

/** The rest of `course_settings/`: outcomes by number, other settings by file. */
async function reportSettings(manifest: Manifest, contents: PackageContents, report: Report): Promise<void> {
  for (const path of contents.paths().filter((one) => one.startsWith(settingsPath(manifest, '')) && !report.hasAccounted(one))) {
    const name = baseName(path);
    if (name === 'learning_outcomes.xml') await reportOutcomes(path, contents, report);
    else report.add('dropped', 'settings', name, 'settings_not_supported', { files: [path] });
  }
}

async function reportOutcomes(path: string, contents: PackageContents, report: Report): Promise<void> {
  const root = await parseSettings(path, contents, report);
  if (root === null) return;
  const titles = descendants(root, 'learningOutcome').map((outcome) => textAt(outcome, 'title'));
  report.add('dropped', 'outcome', cleanTitle(titles.join(', ')) || baseName(path), 'outcomes_not_supported', { params: { count: titles.length }, files: [path] });
}

function readModule(module: XmlElement): OrganizationItem {
  const items = childrenOf(find(module, 'items'), 'item').filter(isAlive).map(readModuleItem);
  const published = isPublished(module);
  return {
    id: module.attributes['identifier'] ?? '',
    title: textAt(module, 'title'),
    ref: null,
    url: null,
    published,
    children: items.map((item) => ({ ...item, published: published && item.published })),
  };
}

function readModuleItem(item: XmlElement): OrganizationItem {
  const isUrl = textAt(item, 'content_type') === EXTERNAL_URL;
  return {
    id: item.attributes['identifier'] ?? '',
    title: textAt(item, 'title'),
    ref: isUrl ? null : textAt(item, 'identifierref') || null,
    url: isUrl ? textAt(item, 'url') : null,
    published: isPublished(item),
    children: [],
  };
}

function isPublished(element: XmlElement): boolean {
  return textAt(element, 'workflow_state') !== 'unpublished';
}

function isAlive(element: XmlElement): boolean {
  return textAt(element, 'workflow_state') !== 'deleted';
}

function settingsPath(manifest: Manifest, name: string): string {
  const folder = dirName(manifest.path);
  return `${folder === '' ? '' : `${folder}/`}${SETTINGS_FOLDER}/${name}`;
}
