import { endpoint, id, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { attachment } from '../file/contract.ts';
import { completion, textChange } from '../version/contract.ts';

export const managedLesson = z.object({
  id, courseId: id, moduleId: id, title: z.string(), minutes: z.int().nullable(), completion, optional: z.boolean(), bodyHtml: z.string(), attachments: z.array(attachment),
  version: z.int(), updatedAt: timestamp,
  /** The name of who saved it last; null where nobody is known. */
  updatedBy: z.string().nullable(),
}).meta({ id: 'ManagedLesson' });
export type ManagedLesson = z.infer<typeof managedLesson>;

export const lessonRevision = z.object({
  id, title: z.string(), createdAt: timestamp, member: z.object({ id, name: z.string() }).nullable(),
  /** Whether the lesson reads so now. */
  current: z.boolean(),
}).meta({ id: 'LessonRevision' });
export type LessonRevision = z.infer<typeof lessonRevision>;

const course = z.object({ courseId: id });
const lesson = course.extend({ lessonId: id });
const revision = lesson.extend({ revisionId: id });
const minutes = z.int().min(1).max(600).nullable();
const bodyHtml = z.string().max(500_000);
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found', 'catalog.module_not_found', 'catalog.lesson_not_found', 'catalog.revision_not_found'] } as const;

export const addLesson = endpoint({
  ...editing, id: 'catalog.addLesson', method: 'POST', path: '/courses/{courseId}/modules/{moduleId}/lessons', summary: 'Add a lesson at the end of a module', status: 201,
  params: course.extend({ moduleId: id }), body: z.strictObject({ title: text(200), minutes: minutes.default(null), bodyHtml: bodyHtml.default('') }), response: managedLesson,
});
export const getManagedLesson = endpoint({
  ...editing, id: 'catalog.getManagedLesson', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}/source', summary: 'A lesson as its author sees it',
  params: lesson, response: managedLesson,
});
export const updateLesson = endpoint({
  ...editing, id: 'catalog.updateLesson', method: 'PATCH', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'Change a lesson of the draft; what others wrote, or what is older than ten minutes, stays in its history', ifMatch: true,
  params: lesson,
  body: z.strictObject({ title: text(200), minutes, bodyHtml, completion, optional: z.boolean(), /** Keep what is replaced in the history, whoever wrote it and whenever. */ keep: z.boolean() }).partial(),
  response: managedLesson, errors: [...editing.errors, 'kernel.version_conflict'],
});
export const duplicateLesson = endpoint({
  ...editing, id: 'catalog.duplicateLesson', method: 'POST', path: '/courses/{courseId}/lessons/{lessonId}/duplicate', summary: 'A copy of a lesson, right after it', status: 201,
  params: lesson, response: managedLesson,
});
export const listRevisions = endpoint({
  ...editing, id: 'catalog.listRevisions', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}/revisions', summary: 'What a lesson said before, the newest first',
  params: lesson, query: pageQuery, response: pageOf(lessonRevision),
});
export const getRevision = endpoint({
  ...editing, id: 'catalog.getRevision', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}/revisions/{revisionId}', summary: 'An earlier text of a lesson, and what has changed since',
  params: revision, response: lessonRevision.extend({ minutes: z.int().nullable(), bodyHtml: z.string(), attachments: z.array(attachment), /** From the revision to the lesson as it is. */ changes: z.array(textChange) }),
});
export const restoreRevision = endpoint({
  ...editing, id: 'catalog.restoreRevision', method: 'POST', path: '/courses/{courseId}/lessons/{lessonId}/revisions/{revisionId}/restore', summary: 'Give a lesson an earlier text back; the one that it has is kept', ifMatch: true,
  params: revision, response: managedLesson, errors: [...editing.errors, 'kernel.version_conflict'],
});
