/** What a lesson may contain. Everything else is taken out before it is stored, so that showing a lesson needs no further care. */
import sanitize from 'sanitize-html';

const allowed: sanitize.IOptions = {
  allowedTags: [
    'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'small', 'mark', 'abbr', 'cite', 'q',
    'code', 'pre', 'kbd', 'samp', 'var', 'a', 'img', 'figure', 'figcaption', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'colgroup', 'col',
    'audio', 'video', 'source', 'track', 'details', 'summary', 'div', 'span', 'section', 'aside', 'time', 'bdi', 'bdo', 'ruby', 'rt', 'rp',
  ],
  allowedAttributes: {
    '*': ['dir', 'lang', 'title'],
    a: ['href', 'rel', 'target'], img: ['src', 'alt', 'width', 'height', 'loading'], ol: ['start', 'reversed'], li: ['value'],
    th: ['colspan', 'rowspan', 'scope'], td: ['colspan', 'rowspan'], col: ['span'], colgroup: ['span'],
    audio: ['src', 'controls'], video: ['src', 'controls', 'poster', 'width', 'height'], source: ['src', 'type'], track: ['src', 'kind', 'srclang', 'label'],
    details: ['open'], time: ['datetime'], abbr: ['title'],
  },
  // `milpa-file` and `milpa-lesson` stand for files and lessons of the same course until the lesson is shown.
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'milpa-file', 'milpa-lesson'],
  allowedSchemesByTag: { img: ['https', 'milpa-file'], audio: ['milpa-file'], video: ['milpa-file'], source: ['milpa-file'], track: ['milpa-file'] },
  allowProtocolRelative: false,
  transformTags: {
    h1: 'h2',
    a: (tagName, attributes) => ({ tagName, attribs: attributes['href']?.startsWith('http') ? { ...attributes, rel: 'noopener noreferrer' } : attributes }),
    img: (tagName, attributes) => ({ tagName, attribs: { ...attributes, alt: attributes['alt'] ?? '', loading: 'lazy' } }),
    audio: (tagName, attributes) => ({ tagName, attribs: { ...attributes, controls: '' } }),
    video: (tagName, attributes) => ({ tagName, attribs: { ...attributes, controls: '' } }),
  },
};

/** Safe HTML of a lesson or description. Idempotent. */
export const sanitizeHtml = (html: string): string => sanitize(html, allowed).trim();
