import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import { escapeHtml } from './text.ts';
import { PackageError } from './types.ts';

const MAX_ALIASES = 20;
const CALLOUTS = /^(callout|challenge|solution|discussion|prereq|testimonial|caution|warning|danger|important|note|tip|info|hint|spoiler|instructor|exercise|example|quote|aside)/;

export type FrontMatter = Record<string, unknown>;

/** Splits a Markdown file into its YAML front matter and the rest. Throws `bad_front_matter`. */
export function splitFrontMatter(text: string, path: string): { matter: FrontMatter; body: string } {
  const match = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return { matter: {}, body: text.replace(/^\ufeff/, '') };
  return { matter: readYaml(match[1] ?? '', path), body: text.slice(match[0].length) };
}

/** YAML's core schema alone, aliases bounded. Anything but a mapping is an empty one. Throws `bad_front_matter`. */
export function readYaml(text: string, path: string): FrontMatter {
  try {
    const value: unknown = parse(text, { schema: 'core', customTags: [], maxAliasCount: MAX_ALIASES, logLevel: 'error' });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FrontMatter) : {};
  } catch (cause) {
    throw new PackageError('bad_front_matter', { path, detail: cause instanceof Error ? cause.message.split('\n')[0] ?? '' : '' }, { cause });
  }
}

/** Renders Markdown with tables, raw HTML (to be sanitised) and headings that can be linked to. */
export function renderMarkdown(body: string): string {
  return renderer.render(body);
}

/** The first heading's text, and the body without it when it stands at the top as its title. */
export function takeTitle(body: string): { title: string; body: string } {
  const start = body.trimStart();
  const top = /^#[ \t]+(\S[^\r\n]*)(?:\r?\n|$)|^([^\n#>-][^\n]*)\r?\n=+[ \t]*(?:\r?\n|$)/.exec(start);
  if (top !== null) return { title: plain(top[1] ?? top[2] ?? ''), body: start.slice(top[0].length) };
  const heading = outsideFences(body).map((line) => /^#{1,3}[ \t]+(\S.*)$/.exec(line)?.[1]).find((text) => text !== undefined);
  return { title: plain(heading ?? ''), body };
}

/**
 * Takes back what Pandoc and kramdown add to Markdown: fenced divs become quotes or plain blocks, attribute lists go
 * (an image's `alt` and an anchor's id stay). Tells the classes of the divs.
 */
export function flattenExtensions(body: string): { body: string; divs: string[] } {
  const divs: string[] = [];
  const open: string[] = [];
  const lines = mapOutsideFences(body, (line) => {
    const fence = /^\s*:{3,}\s*(?:\{?\s*\.?([\w-]+)[^}]*\}?)?\s*:*\s*$/.exec(line);
    if (fence === null) return withoutAttributes(line);
    if (fence[1] === undefined) {
      const tag = open.pop();
      return tag === undefined ? '' : `\n</${tag}>\n`;
    }
    const tag = CALLOUTS.test(fence[1]) ? 'blockquote' : 'div';
    divs.push(fence[1]);
    open.push(tag);
    return `\n<${tag}>\n`;
  });
  return { body: [...lines, ...open.reverse().map((tag) => `\n</${tag}>`)].join('\n'), divs };
}

const renderer = new MarkdownIt({ html: true });
renderer.renderer.rules['heading_open'] = (tokens, index, options, _env, self) => {
  const slug = (tokens[index + 1]?.content ?? '').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s+/g, '-');
  if (slug !== '') tokens[index]?.attrSet('id', slug);
  return self.renderToken(tokens, index, options);
};

/** The language of a block of code is kept where lessons keep it. */
renderer.renderer.rules['fence'] = (tokens, index) => {
  const { info, content } = tokens[index]!;
  const language = /^[\w+#.-]+/.exec(info.trim())?.[0];
  return `<pre><code${language === undefined ? '' : ` data-language="${escapeHtml(language)}"`}>${escapeHtml(content.replace(/\n$/, ''))}</code></pre>\n`;
};

function withoutAttributes(line: string): string {
  return line
    .replace(/!\[([^\]]*)\]\(([^)]*)\)\{([^}]*)\}/g, (_, alt: string, target: string, attributes: string) => {
      const named = /\balt\s*=\s*(?:'([^']*)'|"([^"]*)")/.exec(attributes);
      return `![${(alt || named?.[1] || named?.[2] || '').replace(/[[\]]/g, '')}](${target})`;
    })
    .replace(/\[([^\]]*)\]\{#([\w-]+)[^}]*\}/g, (_, text: string, id: string) => `<span id="${escapeHtml(id)}">${text}</span>`)
    .replace(/(\]\([^)]*\))\{[^}]*\}/g, '$1')
    .replace(/^(#{1,6}\s.*?)\s*\{[#.:][^}]*\}\s*$/, '$1')
    .replace(/^\s*\{:[^}]*\}\s*$/, '');
}

function outsideFences(body: string): string[] {
  const kept: string[] = [];
  mapOutsideFences(body, (line) => {
    kept.push(line);
    return line;
  });
  return kept;
}

/** Applies `change` to the lines that no code fence holds. */
function mapOutsideFences(body: string, change: (line: string) => string): string[] {
  let fence: string | null = null;
  return body.split(/\r?\n/).map((line) => {
    const marker = /^\s*(?:>\s*)*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && marker !== undefined) fence = marker;
    else if (fence !== null && marker?.startsWith(fence)) fence = null;
    else if (fence === null) return change(line);
    return line;
  });
}

function plain(markdown: string): string {
  return markdown.replace(/[ \t]#+[ \t]*$/, '').replace(/\{[#.:][^}]*\}/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]{1,3}([^*_`]+)[*_`]{1,3}/g, '$1').replace(/<[^>]*>/g, '').trim();
}
