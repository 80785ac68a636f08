import sanitize from 'sanitize-html';
import { lessonElement, lessonHtml } from './html.contract.ts';

/** Safe HTML of a lesson or description: made so before it is stored, so that showing it needs no further care. Idempotent. */
export const sanitizeHtml = (html: string): string => sanitize(html, { ...lessonHtml, transformTags: { '*': lessonElement } }).trim();
