import { lessonElement, lessonHtml } from '@milpa/catalog/contract';
import sanitize from 'sanitize-html';

/** Where a reference in HTML leads: an address to write in its place, or why there is none. */
export type Reference = { to: string } | { lost: 'broken' | 'unsafe' | 'remote' };
export type ReferenceUse = 'link' | 'media';
export type Resolve = (reference: string, use: ReferenceUse) => Reference;

export interface HtmlChanges {
  /** Elements and attributes that can act: scripts, handlers, frames, forms, inline SVG. */
  active: Set<string>;
  /** Frames and remote pictures, sounds and films that became plain links. */
  linked: Set<string>;
  /** Remote sources that could not even become a link. */
  remote: Set<string>;
  /** References to what the package does not contain. */
  broken: Set<string>;
  imagesWithoutAlt: number;
  formatting: boolean;
}

const ACTIVE_TAGS = new Set([
  'script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'form', 'input', 'button', 'select', 'textarea', 'svg', 'math', 'base', 'template', 'portal', 'dialog', 'area', 'canvas',
]);
const FRAMES = new Set(['iframe', 'frame', 'embed', 'object']);
/** Elements that become a link when what they show is not in the package, and the attribute that says what they show. */
const LINKED_SOURCES: Record<string, string> = { iframe: 'src', frame: 'src', embed: 'src', object: 'data', img: 'src', audio: 'src', video: 'src' };
const MEDIA_ATTRIBUTES: Record<string, string[]> = { img: ['src'], audio: ['src'], video: ['src', 'poster'], source: ['src'], track: ['src'] };
const MAX_SHOWN = 200;

/**
 * Makes untrusted HTML safe to show inside a page: what a lesson may contain, every reference passed through `resolve`. Tells
 * what was changed.
 */
export function sanitizeHtml(html: string, resolve: Resolve): { html: string; changes: HtmlChanges } {
  const changes: HtmlChanges = { active: new Set(), linked: new Set(), remote: new Set(), broken: new Set(), imagesWithoutAlt: 0, formatting: false };
  // The lesson's title is the page's only first-level heading.
  const hasMainHeading = /<h1[\s>]/i.test(html);
  const clean = sanitize(html, {
    ...lessonHtml,
    transformTags: {
      '*': (tagName, attributes) => transform(hasMainHeading ? oneLevelDown(tagName) : tagName, attributes, resolve, changes),
      // By name and before '*', since sanitize-html lets only these give an element its text.
      ...Object.fromEntries(Object.keys(LINKED_SOURCES).map((name): [string, sanitize.Transformer] => [
        name, (tagName, attributes) => elsewhereToLink(tagName, attributes, resolve, changes),
      ])),
    },
  });
  return { html: clean.trim(), changes };
}

function transform(tagName: string, attributes: sanitize.Attributes, resolve: Resolve, changes: HtmlChanges): sanitize.Tag {
  noteChanges(tagName, attributes, changes);
  if (tagName === 'html' || tagName === 'body') return { tagName: attributes['dir'] || attributes['lang'] ? 'div' : tagName, attribs: pick(attributes, ['dir', 'lang']) };
  const attribs = tagName === 'a' ? linkAttributes(attributes, resolve, changes) : { ...attributes };
  if (tagName === 'img' && attribs['alt'] === undefined) changes.imagesWithoutAlt += 1;
  for (const name of MEDIA_ATTRIBUTES[tagName] ?? []) resolveMedia(attribs, name, resolve, changes);
  return lessonElement(tagName, attribs);
}

function oneLevelDown(tagName: string): string {
  return /^h[1-5]$/.test(tagName) ? `h${Number(tagName[1]) + 1}` : tagName;
}

function noteChanges(tagName: string, attributes: sanitize.Attributes, changes: HtmlChanges): void {
  if (ACTIVE_TAGS.has(tagName)) changes.active.add(tagName);
  const isCode = tagName === 'code' || tagName === 'pre';
  if (tagName === 'style' || 'style' in attributes || ('class' in attributes && !isCode)) changes.formatting = true;
  for (const name of Object.keys(attributes)) if (/^on/i.test(name) || name === 'srcdoc' || name === 'formaction') changes.active.add(name.replace(/[^\w-]/g, ''));
}

function linkAttributes(attributes: sanitize.Attributes, resolve: Resolve, changes: HtmlChanges): sanitize.Attributes {
  const { href, ...rest } = attributes;
  if (href === undefined) return rest['name'] && !rest['id'] ? { ...rest, id: rest['name'] } : rest;
  if (href.startsWith('#')) return attributes;
  const reference = resolve(href, 'link');
  if ('to' in reference) return { ...rest, href: reference.to };
  noteLost(reference.lost, href, changes);
  return rest;
}

/** A remote picture or film would tell its server who reads the lesson, and when: only the package's own are shown. */
function resolveMedia(attributes: sanitize.Attributes, name: string, resolve: Resolve, changes: HtmlChanges): void {
  const value = attributes[name];
  if (value === undefined) return;
  const reference = resolve(value, 'media');
  if ('to' in reference) attributes[name] = reference.to;
  else {
    delete attributes[name];
    noteLost(reference.lost, value, changes);
  }
}

/** A frame always becomes a link to what it framed, a picture, sound or film only when it is remote. */
function elsewhereToLink(tagName: string, attributes: sanitize.Attributes, resolve: Resolve, changes: HtmlChanges): sanitize.Tag {
  const source = attributes[LINKED_SOURCES[tagName] ?? 'src'];
  if (source === undefined) return { tagName, attribs: attributes };
  const isFrame = FRAMES.has(tagName);
  const elsewhere = isFrame ? 'to' in resolve(source, 'link') : isRemote(resolve(source, 'media'));
  if (!elsewhere) return { tagName, attribs: attributes };
  changes.linked.add(source.slice(0, MAX_SHOWN));
  return { tagName: 'a', attribs: { href: source }, text: attributes['alt'] || attributes['title'] || source };
}

function isRemote(reference: Reference): boolean {
  return 'lost' in reference && reference.lost === 'remote';
}

function noteLost(lost: 'broken' | 'unsafe' | 'remote', value: string, changes: HtmlChanges): void {
  const shown = value.replace(/\p{Cc}/gu, '').trim().slice(0, MAX_SHOWN);
  if (lost === 'broken') changes.broken.add(shown);
  else if (lost === 'remote') changes.remote.add(shown);
  else changes.active.add(shown.split(':')[0]?.toLowerCase() ?? 'link');
}

function pick(attributes: sanitize.Attributes, names: string[]): sanitize.Attributes {
  return Object.fromEntries(names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]]])));
}
