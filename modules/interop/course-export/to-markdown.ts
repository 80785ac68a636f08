/**
 * Stored HTML as Markdown that people can edit. Each block is read back as an import would, and stands as Markdown only where it comes
 * out the same; what Markdown has no signs for (callouts, tables with spans, equations apart …) stays HTML, which Markdown allows.
 */
import { sanitizeHtml } from '@milpa/catalog';
import { flattenExtensions, renderMarkdown } from '../package/markdown-text.ts';

const aroundBlocks = / ?(<\/?(?:p|h[2-6]|ul|ol|li|blockquote|hr|div|table|thead|tbody|tfoot|tr|th|td|figure|figcaption|section|dl|dt|dd|details|summary|caption)\b[^>]*>) ?/g;
const voids = new Set(['br', 'hr', 'img', 'wbr', 'source', 'track', 'col']);
const textOf = (html: string): string => html.replace(/&quot;/g, '"').replace(/&#39;/g, '\'').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

export function toMarkdown(html: string): string {
  const blocks = topLevel(html);
  const written = blocks.map(markdownOf);
  // Neighbours can run into each other, as two lists do; a comment keeps them apart.
  const whole = [written.join('\n\n'), written.join('\n\n<!-- -->\n\n')];
  return whole.find((one) => readBack(one) === shown(html)) ?? blocks.map(raw).join('\n\n');
}

/** The blocks of a text, each with all that is in it; loose words between them together. */
function topLevel(html: string): string[] {
  const blocks: string[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    const [whole, closing = '', name = ''] = tag;
    const isVoid = voids.has(name) || tag[3] === '/';
    if (depth === 0 && closing === '') {
      blocks.push(html.slice(start, tag.index));
      start = tag.index;
    }
    if (!isVoid) depth += closing === '' ? 1 : -1;
    if (depth === 0 && (closing !== '' || isVoid)) {
      blocks.push(html.slice(start, tag.index + whole.length));
      start = tag.index + whole.length;
    }
  }
  return [...blocks, html.slice(start)].map((block) => block.trim()).filter((block) => block !== '');
}

/** What an import makes of it, without the spaces that do not show, and the addresses that headings get from their words. */
function shown(html: string): string {
  const safe = sanitizeHtml(html).replace(/<(h[2-6]) id="[^"]*">/g, '<$1>');
  return safe.split(/(<pre[\s\S]*?<\/pre>)/).map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(aroundBlocks, '$1').trim())).join('');
}

const readBack = (markdown: string): string => shown(renderMarkdown(flattenExtensions(markdown).body));

function markdownOf(block: string): string {
  const wanted = shown(block);
  const written = [simple(block), raw(block), raw(block.replace(/>/, '>\n'))].filter((one) => one !== undefined);
  return written.find((one) => readBack(one) === wanted) ?? raw(block);
}

/** HTML as Markdown takes it: up to the first empty line; without signs that Pandoc and kramdown would mean something by. */
const raw = (block: string): string => block.replace(/(?<=\n)[ \t]*\n/g, '&#10;').replaceAll('{', '&#123;').replace(/^(\s*):::/gm, '$1&#58;::');

function simple(block: string): string | undefined {
  const heading = /^<h([2-6])(?: id="[^"]*")?>([\s\S]*)<\/h\1>$/.exec(block);
  if (heading) return `${'#'.repeat(Number(heading[1]))} ${inline(heading[2]!).replaceAll('\n', ' ')}`;
  const paragraph = /^<p>([\s\S]*)<\/p>$/.exec(block);
  if (paragraph) return inline(paragraph[1]!);
  if (/^<hr[^>]*>$/.test(block)) return '---';
  const code = /^<pre[^>]*><code(?: data-language="([\w+#.-]+)")?[^>]*>([^<]*)<\/code><\/pre>$/.exec(block);
  if (code) {
    const text = textOf(code[2]!);
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
    return `${fence}${code[1] ?? ''}\n${text}\n${fence}`;
  }
  const quote = /^<blockquote>([\s\S]*)<\/blockquote>$/.exec(block);
  if (quote) return toMarkdown(quote[1]!).split('\n').map((line) => `> ${line}`.trimEnd()).join('\n');
  const list = /^<(ul|ol)>([\s\S]*)<\/\1>$/.exec(block);
  return list ? listed(list[1] === 'ol', list[2]!) : undefined;
}

function listed(isOrdered: boolean, items: string): string | undefined {
  const blocks = topLevel(items).map((item) => /^<li>([\s\S]*)<\/li>$/.exec(item)?.[1]);
  if (blocks.some((item) => item === undefined)) return undefined;
  return blocks.map((item, index) => {
    const mark = isOrdered ? `${index + 1}. ` : '- ';
    const nested = /^([\s\S]*?)(<(?:ul|ol)>[\s\S]*<\/(?:ul|ol)>)\s*$/.exec(item!);
    const text = nested ? [inline(nested[1]!.trim()), ...topLevel(nested[2]!).map((one) => simple(one) ?? raw(one))].join('\n') : item!.trim().startsWith('<p>') ? toMarkdown(item!) : inline(item!.trim());
    return mark + text.split('\n').map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(mark.length) + line)).join('\n');
  }).join('\n');
}

/** Words with their signs; what Markdown has none for stays a tag. */
function inline(html: string): string {
  const text = html
    .replace(/<(strong|em|code)>([\s\S]*?)<\/\1>|<a href="([^"]*)" rel="noopener noreferrer">([\s\S]*?)<\/a>|<img\b([^>]*?)\/?>|<br ?\/?>|(<[^>]*>)|([^<]+)/g,
      (whole, tag: string | undefined, content: string, href: string | undefined, label: string, image: string | undefined, other: string | undefined, words: string | undefined) => {
        if (words !== undefined) return escaped(words);
        if (other !== undefined) return other;
        if (tag === 'code') return codeSpan(textOf(content));
        if (tag !== undefined) return tag === 'strong' ? `**${inline(content)}**` : `*${inline(content)}*`;
        if (href !== undefined) return `[${inline(label)}](${target(href)})`;
        if (image !== undefined) return picture(image) ?? whole;
        return '\\\n';
      });
  return text.split('\n').map((line) => line.trimStart().replace(/^([#+\-=:>]|\d+(?=[.)]))/, (mark) => (/^\d/.test(mark) ? mark : `\\${mark}`)).replace(/^(\d+)([.)])/, '$1\\$2')).join('\n');
}

const escaped = (words: string): string => words.replace(/[\\`*_[\]{}~|]/g, '\\$&');
const target = (href: string): string => `<${textOf(href).replace(/[<>\s]/g, encodeURIComponent)}>`;

function codeSpan(text: string): string {
  const ticks = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const room = /^[`\s]|[`\s]$/.test(text) ? ' ' : '';
  return `${ticks}${room}${text}${room}${ticks}`;
}

/** A picture that has no more than an address and a description. */
function picture(attributes: string): string | undefined {
  const known = Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
  const { src, alt, loading: _, ...others } = known;
  return src === undefined || Object.keys(others).length > 0 ? undefined : `![${escaped(alt ?? '')}](${target(src)})`;
}
