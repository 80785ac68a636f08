import sanitize from 'sanitize-html';
import { lessonElement, lessonHtml } from './html.contract.ts';
import { mathMl } from './math.ts';

/** Safe HTML of a lesson or description: made so before it is stored, so that showing it needs no further care. Idempotent. */
export const sanitizeHtml = (html: string): string => sanitize(html, { ...lessonHtml, transformTags: { '*': lessonElement } }).trim();

/** Where files of a course are found: stored text names them by id, readers get addresses, and what authors send back is taken in again. */
const addressOf = (courseId: string) => `/api/v1/courses/${courseId}/files/`;

export const fileAddress = (courseId: string, fileId: string): string => `${addressOf(courseId)}${fileId}`;
export const fileAddresses = (html: string, courseId: string): string => html.replace(/milpa-file:([0-9a-f-]{36})/g, `${addressOf(courseId)}$1`);
export const fileReferences = (html: string, courseId: string): string => html.replaceAll(addressOf(courseId), 'milpa-file:');

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!);

/** Stored HTML as readers get it: files have addresses, and equations are MathML. TeX that cannot be read stays as its author wrote it. */
export const readerHtml = (html: string, courseId: string): string => fileAddresses(html, courseId)
  .replace(/(<(span|div)[^>]* data-kind="math"[^>]*>)([^<]*)(<\/\2>)/g, (whole, opening: string, tag: string, tex: string, closing: string) => {
    const math = mathMl(decoded(tex), tag === 'div');
    return math === null ? whole : `${opening}${math}${closing}`;
  });

/** The words of stored HTML, a line for each block; pictures by their description. */
export const plainText = (html: string): string => decoded(html
  .replace(/<img\b[^>]* alt="([^"]+)"[^>]*>/g, ' [$1] ')
  .replace(/<\/(?:p|div|h[2-6]|li|dt|dd|tr|blockquote|pre|figcaption|caption|summary|section|article)>|<(?:br|hr)\b[^>]*>/g, '\n')
  .replace(/<\/t[dh]>/g, ' ')
  .replace(/<[^>]*>/g, ''))
  .replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n').trim();
