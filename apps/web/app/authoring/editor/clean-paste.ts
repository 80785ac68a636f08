/** What word processors put on the clipboard, as plain as if it had been written here. */

/** Markup around and beside the text: Office's conditional comments, styles, namespaced elements. */
const clutter = /<!--[\s\S]*?-->|<(style|script|title|xml)\b[\s\S]*?<\/\1>|<\/?(?:o|w|m|v|st1):[^>]*>|<(?:meta|link)\b[^>]*>/gi;

export function cleanPaste(html: string): string {
  const bare = html.replace(clutter, '');
  const body = new DOMParser().parseFromString(bare.replace(/\sstyle=(["'])([\s\S]*?)\1/gi, (_, quote: string, style: string) => ` data-style=${quote}${style}${quote}`), 'text/html').body;
  for (const element of body.querySelectorAll<HTMLElement>('[data-style]')) keepMeaning(element);
  listsOfWord(body);
  // Google Docs wraps everything in a bold that is none.
  for (const element of body.querySelectorAll('b[id^="docs-internal-guid"], font, center')) element.replaceWith(...element.childNodes);
  for (const span of body.querySelectorAll('span')) if (!span.lang && !span.dir && !span.dataset['kind']) span.replaceWith(...span.childNodes);
  for (const element of body.querySelectorAll('*')) for (const name of element.getAttributeNames()) if (!keptAttributes.has(name)) element.removeAttribute(name);
  // Pictures of other sites may not stand in a lesson: their address does.
  for (const image of body.querySelectorAll('img')) if (!image.getAttribute('src')?.startsWith('/api/v1/courses/')) image.remove();
  for (const paragraph of body.querySelectorAll('p')) if (!paragraph.textContent?.trim() && !paragraph.querySelector('img, br')) paragraph.remove();
  return body.innerHTML;
}

const keptAttributes = new Set(['href', 'src', 'alt', 'role', 'dir', 'lang', 'colspan', 'rowspan', 'scope', 'start', 'data-kind', 'data-language', 'open', 'width', 'height', 'data-pm-slice']);

/** What a style says about the words, said by an element. */
function keepMeaning(element: HTMLElement): void {
  const style = (element.dataset['style'] ?? '').toLowerCase();
  const wrap = (tag: string) => {
    const inner = document.createElement(tag);
    inner.append(...element.childNodes);
    element.append(inner);
  };
  const isHeading = /^h[1-6]$/i.test(element.localName);
  if (/font-weight:\s*(bold|[6-9]00)/.test(style) && !isHeading && !/^(b|strong)$/.test(element.localName)) wrap('strong');
  if (/font-style:\s*italic/.test(style) && !/^(i|em)$/.test(element.localName)) wrap('em');
  if (/vertical-align:\s*super/.test(style)) wrap('sup');
  if (/vertical-align:\s*sub\b/.test(style)) wrap('sub');
  if (/text-decoration[^;]*line-through/.test(style)) wrap('s');
}

/** Word writes lists as paragraphs whose style names the list, with the bullet as text. */
function listsOfWord(body: HTMLElement): void {
  for (const paragraph of body.querySelectorAll<HTMLElement>('p[data-style*="mso-list"]')) {
    const text = paragraph.textContent?.trim() ?? '';
    const ordered = /^\(?[\da-z٠-٩]{1,3}[.)]/i.test(text);
    for (const ignored of paragraph.querySelectorAll('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]')) ignored.remove();
    const item = document.createElement('li');
    item.append(...paragraph.childNodes);
    const before = paragraph.previousElementSibling;
    const list = before?.localName === (ordered ? 'ol' : 'ul') && before.hasAttribute('data-word') ? before : document.createElement(ordered ? 'ol' : 'ul');
    list.setAttribute('data-word', '');
    list.append(item);
    if (list === before) paragraph.remove();
    else paragraph.replaceWith(list);
  }
}
