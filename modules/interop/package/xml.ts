import { SaxesParser } from 'saxes';
import { PackageError } from './types.ts';

/** An element with its namespace prefix taken off: versions of Common Cartridge differ in namespaces, not in names. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Own text and CDATA, descendants' excluded. */
  text: string;
}

const MAX_DEPTH = 100;

/**
 * Parses XML without document types, and so without entities beyond the five: `doctype_forbidden`, and `bad_xml` with
 * what is wrong with it.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const parser = new SaxesParser({ xmlns: false });
  const append = (value: string) => {
    const current = stack.at(-1);
    if (current !== undefined) current.text += value;
  };
  parser.on('doctype', () => {
    throw new PackageError('doctype_forbidden');
  });
  parser.on('error', (error) => {
    throw new PackageError('bad_xml', { detail: error.message });
  });
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentag', (tag) => {
    if (stack.length > MAX_DEPTH) throw new PackageError('bad_xml', { detail: 'nested too deeply' });
    const element: XmlElement = { name: localName(tag.name), attributes: localAttributes(tag.attributes), children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(text.replace(/^\ufeff/, '')).close();
  return root.children[0] ?? root;
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first element at the end of `path` (child names, one a level). */
export function find(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((current, name) => current?.children.find((child) => child.name === name), element);
}

/** The trimmed text of the element at the end of `path`, empty when there is none. */
export function textAt(element: XmlElement | undefined, ...path: string[]): string {
  return find(element, ...path)?.text.trim() ?? '';
}

/** All descendants of that name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Record<string, string>): Record<string, string> {
  const local: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(attributes)) if (!name.startsWith('xmlns')) local[localName(name)] ??= value;
  return local;
}
