import sanitize from 'sanitize-html';
import { lessonElement, lessonHtml } from './html.contract.ts';

/** Safe HTML of a lesson or description: made so before it is stored, so that showing it needs no further care. Idempotent. */
export const sanitizeHtml = (html: string): string => sanitize(html, { ...lessonHtml, transformTags: { '*': lessonElement } }).trim();

/** Where files of a course are found: stored text names them by id, readers get addresses, and what authors send back is taken in again. */
const addressOf = (courseId: string) => `/api/v1/courses/${courseId}/files/`;

export const fileAddresses = (html: string, courseId: string): string => html.replace(/milpa-file:([0-9a-f-]{36})/g, `${addressOf(courseId)}$1`);
export const fileReferences = (html: string, courseId: string): string => html.replaceAll(addressOf(courseId), 'milpa-file:');
