import type { PackageContents } from './contents.ts';
import { baseName, decodePercent, resolvePath } from './paths.ts';
import { decodeStrictly } from './text.ts';
import { PackageError } from './types.ts';
import { childrenOf, find, parseXml, textAt, type XmlElement } from './xml.ts';

export const MANIFEST_NAME = 'imsmanifest.xml';

export interface ManifestResource {
  id: string;
  type: string;
  intendedUse: string;
  /** The main file, else the first; null when none of them is in the package. */
  main: string | null;
  /** An address outside the package in place of a file. */
  url: string | null;
  /** Declared files that are in the package. */
  files: string[];
  missing: string[];
}

export interface OrganizationItem {
  id: string;
  title: string;
  /** Identifier of the resource. */
  ref: string | null;
  url: string | null;
  published: boolean;
  children: OrganizationItem[];
}

export interface Manifest {
  path: string;
  root: XmlElement;
  schema: string;
  version: string | null;
  resources: ManifestResource[];
  items: OrganizationItem[];
}

/** The manifest's path: at the root or, in a package zipped with its surroundings, the shallowest one. */
export function findManifest(contents: PackageContents): string | undefined {
  const depth = (path: string) => path.split('/').length;
  return contents.paths().filter((path) => baseName(path).toLowerCase() === MANIFEST_NAME).sort((a, b) => depth(a) - depth(b))[0];
}

/** Reads an IMS manifest of any version by local names. Errors: bad_manifest, doctype_forbidden, bad_encoding, unsafe_path. */
export async function readManifest(contents: PackageContents, path: string): Promise<Manifest> {
  const root = parseManifest(decodeStrictly(await contents.read(path), path));
  const resourcesElement = find(root, 'resources');
  const base = `${root.attributes['base'] ?? ''}${resourcesElement?.attributes['base'] ?? ''}`;
  return {
    path,
    root,
    schema: textAt(root, 'metadata', 'schema'),
    version: textAt(root, 'metadata', 'schemaversion') || null,
    resources: childrenOf(resourcesElement, 'resource').map((element) => readResource(element, contents, path, base)),
    items: organizationItems(root),
  };
}

function parseManifest(text: string): XmlElement {
  const root = asManifestError(() => parseXml(text));
  if (root.name !== 'manifest') throw new PackageError('bad_manifest', { detail: `the root element is <${root.name}>` });
  return root;
}

function asManifestError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof PackageError && cause.code === 'bad_xml') throw new PackageError('bad_manifest', cause.params, { cause });
    throw cause;
  }
}

function readResource(element: XmlElement, contents: PackageContents, manifestPath: string, base: string): ManifestResource {
  const prefix = base + (element.attributes['base'] ?? '');
  const href = element.attributes['href'];
  const isAddress = href !== undefined && /^https?:\/\//i.test(href);
  const hrefs = childrenOf(element, 'file').flatMap((file) => file.attributes['href'] ?? []);
  const located = new Map((href === undefined || isAddress ? hrefs : [href, ...hrefs]).map((one) => [one, locate(one, prefix, contents, manifestPath)]));
  const files = [...new Set([...located.values()].filter((path) => path !== undefined))];
  return {
    id: element.attributes['identifier'] ?? '',
    type: (element.attributes['type'] ?? '').toLowerCase(),
    intendedUse: (element.attributes['intendeduse'] ?? '').toLowerCase(),
    main: href === undefined || isAddress ? files[0] ?? null : located.get(href) ?? null,
    url: isAddress ? href : null,
    files,
    missing: [...located].flatMap(([one, path]) => (path === undefined ? [one] : [])),
  };
}

/** The href as written, then percent-decoded: both kinds of exporters exist. Throws `unsafe_path` when it leaves the package. */
function locate(href: string, prefix: string, contents: PackageContents, manifestPath: string): string | undefined {
  const written = prefix + href;
  for (const candidate of [written, decodePercent(written.replace(/[?#].*$/s, ''))]) {
    const path = resolvePath(manifestPath, candidate);
    if (path === null || /^[a-z]:/i.test(candidate)) throw new PackageError('unsafe_path', { path: href.slice(0, 200) });
    const found = contents.locate(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function organizationItems(root: XmlElement): OrganizationItem[] {
  const organizations = find(root, 'organizations');
  const all = childrenOf(organizations, 'organization');
  const chosen = all.find((one) => one.attributes['identifier'] === organizations?.attributes['default']) ?? all[0];
  return childrenOf(chosen, 'item').map(readItem);
}

function readItem(element: XmlElement): OrganizationItem {
  return {
    id: element.attributes['identifier'] ?? '',
    title: textAt(element, 'title') || (element.attributes['title'] ?? ''),
    ref: element.attributes['identifierref'] ?? null,
    url: null,
    published: true,
    children: childrenOf(element, 'item').map(readItem),
  };
}
