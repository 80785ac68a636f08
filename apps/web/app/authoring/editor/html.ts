/** Between a lesson's HTML and the editor's document. What comes out is as plain as somebody careful would have written it. */
import { DOMParser, DOMSerializer, type Node, type Schema } from '@tiptap/pm/model';

export function readHtml(html: string, schema: Schema): Node {
  const body = document.createElement('div');
  body.innerHTML = html;
  return DOMParser.fromSchema(schema).parse(body);
}

export function writeHtml(doc: Node, schema: Schema, baseDirection: 'ltr' | 'rtl' = 'ltr'): string {
  const body = document.createElement('div');
  body.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document }));
  while (isEmptyParagraph(body.lastElementChild)) body.lastElementChild!.remove();
  for (const element of body.querySelectorAll('li[dir="auto"], dd[dir="auto"], td[dir="auto"], th[dir="auto"]')) element.removeAttribute('dir');
  for (const element of body.querySelectorAll<HTMLElement>(textual)) setDirection(element, baseDirection);
  for (const table of body.querySelectorAll('table')) finishTable(table);
  for (const element of body.querySelectorAll('li, dd, td, th')) tighten(element);
  for (const caption of body.querySelectorAll('figcaption')) if (!caption.hasChildNodes()) caption.remove();
  return body.innerHTML;
}

const isEmptyParagraph = (element: Element | null): boolean => element?.localName === 'p' && !element.hasChildNodes() && !element.hasAttribute('id');

const textual = 'p, h2, h3, h4, h5, h6, dt, summary, figcaption';
const letter = /\p{L}/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Which way a text begins to run, by its first letter. */
export function directionOfText(text: string): 'ltr' | 'rtl' | null {
  const first = letter.exec(text)?.[0];
  return first ? (rightToLeft.test(first) ? 'rtl' : 'ltr') : null;
}

/** A text that runs against the lesson says that it finds its own way; what an author has set stays. */
function setDirection(element: HTMLElement, base: 'ltr' | 'rtl'): void {
  const set = element.getAttribute('dir');
  if (set && set !== 'auto') return;
  const own = directionOfText(element.textContent ?? '');
  const around = element.parentElement?.closest('[dir="ltr"], [dir="rtl"]')?.getAttribute('dir') ?? base;
  if (own && own !== around) element.setAttribute('dir', 'auto');
  else element.removeAttribute('dir');
}

/** One paragraph in an item or a cell, before nested lists at most, needs no `<p>`. */
function tighten(element: Element): void {
  const [first, ...rest] = element.children;
  if (first?.localName !== 'p' || rest.some(({ localName }) => localName !== 'ul' && localName !== 'ol')) return;
  const attributes = [...first.attributes];
  if (attributes.some(({ name }) => name !== 'dir') || (attributes.length > 0 && (element.hasAttribute('dir') || rest.length > 0))) return;
  for (const { name, value } of attributes) element.setAttribute(name, value);
  first.replaceWith(...first.childNodes);
}

/** Rows go to head, body and foot; the heads of columns say so. */
function finishTable(table: HTMLTableElement): void {
  const body = [...table.children].find(({ localName }) => localName === 'tbody');
  if (!body) return;
  const rows = [...body.children];
  const isHead = (row: Element) => row.getAttribute('data-part') !== 'foot' && row.children.length > 0 && (row.getAttribute('data-part') === 'head' || [...row.children].every(({ localName }) => localName === 'th'));
  const headEnd = rows.findIndex((row) => !isHead(row));
  const heads = rows.slice(0, headEnd < 0 ? rows.length : headEnd);
  const footStart = rows.findLastIndex((row) => row.getAttribute('data-part') !== 'foot') + 1;
  const feet = rows.slice(Math.max(footStart, heads.length));
  for (const row of rows) row.removeAttribute('data-part');
  if (heads.length > 0) body.before(part('thead', heads));
  if (feet.length > 0) body.after(part('tfoot', feet));
  if (!body.hasChildNodes()) body.remove();
  for (const cell of table.querySelectorAll(':scope > thead th:not([scope])')) cell.setAttribute('scope', 'col');
  const [caption, columns] = [table.getAttribute('data-caption'), table.getAttribute('data-columns')];
  table.removeAttribute('data-caption');
  table.removeAttribute('data-columns');
  if (columns) table.insertAdjacentHTML('afterbegin', columns);
  if (caption) {
    const element = document.createElement('caption');
    element.innerHTML = caption;
    table.prepend(element);
  }
}

function part(tag: 'thead' | 'tfoot', rows: Element[]): Element {
  const element = document.createElement(tag);
  element.append(...rows);
  return element;
}
