/** What a lesson may contain: the one list, for what is written here and for what is imported. Its fields are options of sanitize-html. */
export const lessonHtml = {
  allowedTags: [
    'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'div', 'span', 'section', 'article', 'header', 'footer', 'aside', 'address', 'hr', 'br', 'wbr',
    'blockquote', 'pre', 'code', 'kbd', 'samp', 'var', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'q', 'cite', 'dfn',
    'abbr', 'time', 'bdi', 'bdo', 'ruby', 'rt', 'rp', 'a', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'img', 'audio', 'video',
    'source', 'track', 'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'details', 'summary',
  ],
  allowedAttributes: {
    '*': ['dir', 'lang', 'id', 'title'],
    a: ['href', 'rel'],
    // `presentation`: a picture that says nothing, told apart from one that nobody has described yet.
    img: ['src', 'alt', 'width', 'height', 'loading', { name: 'role', values: ['presentation'] }],
    audio: ['src', 'controls', 'preload'],
    video: ['src', 'poster', 'controls', 'preload', 'width', 'height'],
    source: ['src', 'type'],
    track: ['src', 'kind', 'srclang', 'label', 'default'],
    blockquote: [{ name: 'data-kind', values: ['tip', 'note', 'warning'] }],
    // Their text is TeX; a reader gets it set.
    span: [{ name: 'data-kind', values: ['math'] }],
    div: [{ name: 'data-kind', values: ['math'] }],
    // A film on another site, as a link.
    figure: [{ name: 'data-kind', values: ['embed'] }],
    code: ['data-language'],
    pre: ['tabindex'],
    table: ['tabindex'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    col: ['span'],
    colgroup: ['span'],
    th: ['colspan', 'rowspan', 'scope', 'abbr'],
    td: ['colspan', 'rowspan'],
    time: ['datetime'],
    details: ['open'],
  },
  // `milpa-file` and `milpa-lesson` stand for files and lessons of the same course until the lesson is shown.
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'milpa-file', 'milpa-lesson'],
  // A remote picture or film would tell its server who reads the lesson, and when.
  allowedSchemesByTag: { img: ['milpa-file'], audio: ['milpa-file'], video: ['milpa-file'], source: ['milpa-file'], track: ['milpa-file'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'poster'],
  allowProtocolRelative: false,
  // Their text goes with them.
  nonTextTags: ['script', 'style', 'textarea', 'option', 'xmp', 'title', 'template', 'svg', 'math', 'noframes', 'noembed', 'plaintext'],
  nestingLimit: 100,
};

const idPrefix = 'content-';

/** Content cannot take an id that the page around it uses. */
export const contentId = (id: string): string => (id.startsWith(idPrefix) ? id : `${idPrefix}${id}`);

/** An element of a lesson with what it always carries: what scrolls is in reach of the keyboard, code reads from left to right, films do not play by themselves. */
export function lessonElement(tagName: string, attributes: Record<string, string>): { tagName: string; attribs: Record<string, string> } {
  const attribs: Record<string, string> = { ...attributes, ...(attributes['id'] ? { id: contentId(attributes['id']) } : {}) };
  switch (tagName) {
    case 'h1': return { tagName: 'h2', attribs };
    case 'a': return { tagName, attribs: linkAttributes(attribs) };
    case 'img': return { tagName, attribs: { ...attribs, alt: attribs['alt'] ?? '', loading: 'lazy' } };
    case 'audio': case 'video': return { tagName, attribs: { ...attribs, controls: '', preload: 'metadata' } };
    case 'pre': return { tagName, attribs: { ...attribs, dir: attribs['dir'] ?? 'ltr', tabindex: '0' } };
    case 'code': return { tagName, attribs: { ...attribs, dir: attribs['dir'] ?? 'ltr' } };
    case 'table': return { tagName, attribs: { ...attribs, tabindex: '0' } };
    case 'span': case 'div': return { tagName, attribs: attribs['data-kind'] === 'math' ? { ...attribs, dir: 'ltr' } : attribs };
    default: return { tagName, attribs };
  }
}

function linkAttributes({ rel: _, ...attributes }: Record<string, string>): Record<string, string> {
  const { href } = attributes;
  if (href === undefined) return attributes;
  if (href.startsWith('#')) return { ...attributes, href: href === '#' ? '#' : `#${contentId(href.slice(1))}` };
  return { ...attributes, rel: 'noopener noreferrer' };
}
