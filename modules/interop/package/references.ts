import type { Reference, ReferenceUse } from './html.ts';
import { decodePercent, resolvePath } from './paths.ts';

/** What a reference can lead to inside the package. */
export interface ReferenceTargets {
  /** The path as it stands in the package. */
  locate(path: string): string | undefined;
  /** The only path that ends like this one: site generators let pages refer to files as if they stood elsewhere. */
  locateEnding(path: string): string | undefined;
  /** `milpa-lesson:` address of the lesson made from this path. */
  lessonAt(path: string): string | undefined;
  /** `milpa-lesson:` address or package path known by this identifier. */
  lessonOf(id: string): string | undefined;
  fileOf(id: string): string | undefined;
  /** `milpa-file:` address; registers the file as used. */
  useFile(path: string): string;
  /** `milpa-file:` address of a picture that stands in the page itself, null when it is none that we accept. */
  useInline(dataUrl: string): string | null;
}

const SAFE_SCHEMES = new Set(['http', 'https', 'mailto', 'tel']);
/** Where Canvas keeps the files that `$IMS-CC-FILEBASE$` points into. */
const CANVAS_FILES = 'web_resources';

/** Resolves one reference found in `source`: package file, lesson of the package, or an address elsewhere. */
export function resolveReference(raw: string, source: string, use: ReferenceUse, targets: ReferenceTargets): Reference {
  // Browsers ignore control characters and spaces around and inside a scheme, so must the check.
  const reference = raw.replace(/[\p{Cc}\u00ad\u200b-\u200f\u2028\u2029\ufeff]/gu, '').trim().replace(/%24/g, '$');
  if (reference.startsWith('//')) return elsewhere(`https:${reference}`, 'https', use);
  const scheme = /^([a-z][a-z0-9+.-]*)\s*:/i.exec(reference)?.[1]?.toLowerCase();
  if (scheme === 'data' && use === 'media') {
    const inline = targets.useInline(reference);
    return inline === null ? { lost: 'unsafe' } : { to: inline };
  }
  if (scheme !== undefined) return elsewhere(reference, scheme, use);
  return (use === 'link' ? lessonByIdentifier(reference, targets) : undefined) ?? inPackage(reference, source, use, targets);
}

function elsewhere(address: string, scheme: string, use: ReferenceUse): Reference {
  if (!SAFE_SCHEMES.has(scheme)) return { lost: scheme === 'file' ? 'broken' : 'unsafe' };
  return use === 'media' ? { lost: 'remote' } : { to: address };
}

/** `$CANVAS_OBJECT_REFERENCE$/pages/<id>`, `$WIKI_REFERENCE$/pages/<slug>`, `$CANVAS_COURSE_REFERENCE$/modules/items/<id>`. */
function lessonByIdentifier(reference: string, targets: ReferenceTargets): Reference | undefined {
  const rest = /^\$(?:CANVAS_OBJECT_REFERENCE|WIKI_REFERENCE|CANVAS_COURSE_REFERENCE)\$\/([^?#]+)/.exec(reference)?.[1];
  for (const segment of rest?.split('/').reverse() ?? []) {
    const lesson = targets.lessonOf(decodePercent(segment));
    if (lesson !== undefined) return { to: lesson };
  }
  return undefined;
}

function inPackage(reference: string, source: string, use: ReferenceUse, targets: ReferenceTargets): Reference {
  const path = findInPackage(reference, source, targets);
  if (path === undefined) return { lost: 'broken' };
  const lesson = use === 'link' ? targets.lessonAt(path) : undefined;
  return { to: lesson ?? targets.useFile(path) };
}

/** The package path that a reference in `source` means. */
export function findInPackage(reference: string, source: string, targets: ReferenceTargets): string | undefined {
  const paths = candidatePaths(reference, source, targets);
  return paths.map((path) => targets.locate(path)).find((path) => path !== undefined) ?? paths.map((path) => targets.locateEnding(path)).find((path) => path !== undefined);
}

function candidatePaths(reference: string, source: string, targets: ReferenceTargets): string[] {
  const path = decodePercent(reference.replace(/[?#].*$/s, ''));
  const token = /^\$([A-Z_-]+)\$\/?(.*)$/s.exec(path);
  if (token === null) return candidates(source, path, reference.startsWith('/') ? path.slice(1) : path);
  const [, name = '', rest = ''] = token;
  if (/^IMS[-_]CC[-_]FILEBASE$/.test(name)) return candidates(source, rest, rest, `${CANVAS_FILES}/${rest}`);
  const inCourseFiles = /^file_contents\/course files\/(.+)$/.exec(rest)?.[1];
  if (inCourseFiles !== undefined) return candidates(source, `/${CANVAS_FILES}/${inCourseFiles}`);
  const byId = rest.split('/').map((segment) => targets.fileOf(segment)).find((file) => file !== undefined);
  return byId === undefined ? [] : [byId];
}

/** Relative to the page first, then to the package's root in each of the given ways; above the root there is nothing. */
function candidates(source: string, relative: string, ...fromRoot: string[]): string[] {
  return [resolvePath(source, relative), ...fromRoot.map((path) => resolvePath('', path.replace(/^(\.\.?\/)+/, '')))].filter((path) => path !== null && path !== '') as string[];
}
