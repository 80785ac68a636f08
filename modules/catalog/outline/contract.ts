import { endpoint, id, nothing, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const outlineLesson = z.object({ id, title: z.string(), minutes: z.int().nullable() }).meta({ id: 'OutlineLesson' });
export const outlineModule = z.object({ id, title: z.string(), lessons: z.array(outlineLesson) }).meta({ id: 'OutlineModule' });
export type OutlineModule = z.infer<typeof outlineModule>;
export const attachment = z.object({ id, fileId: id, name: z.string(), mediaType: z.string(), size: z.int() }).meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachment>;
export const managedLesson = z.object({
  id, courseId: id, moduleId: id, title: z.string(), minutes: z.int().nullable(), bodyHtml: z.string(), version: z.int(), updatedAt: timestamp, attachments: z.array(attachment),
}).meta({ id: 'ManagedLesson' });
export type ManagedLesson = z.infer<typeof managedLesson>;

const course = z.object({ courseId: id });
const courseModule = course.extend({ moduleId: id });
const lesson = course.extend({ lessonId: id });
const minutes = z.int().min(1).max(600).nullable();
const bodyHtml = z.string().max(500_000);
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found', 'catalog.module_not_found', 'catalog.lesson_not_found'] } as const;

export const getOutline = endpoint({
  id: 'catalog.getOutline', method: 'GET', path: '/courses/{courseId}/outline', summary: 'Modules and lessons of a course, in order', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200) }), response: z.object({ modules: z.array(outlineModule) }), errors: ['catalog.course_not_found'],
});
export const addModule = endpoint({
  ...editing, id: 'catalog.addModule', method: 'POST', path: '/courses/{courseId}/modules', summary: 'Add a module at the end', status: 201,
  params: course, body: z.strictObject({ title: text(200) }), response: outlineModule,
});
export const renameModule = endpoint({
  ...editing, id: 'catalog.renameModule', method: 'PATCH', path: '/courses/{courseId}/modules/{moduleId}', summary: 'Rename a module',
  params: courseModule, body: z.strictObject({ title: text(200) }), response: outlineModule.omit({ lessons: true }),
});
export const removeModule = endpoint({
  ...editing, id: 'catalog.removeModule', method: 'DELETE', path: '/courses/{courseId}/modules/{moduleId}', summary: 'Remove a module with its lessons', status: 204,
  params: courseModule, response: nothing, errors: [...editing.errors, 'catalog.last_lesson'],
});
export const addLesson = endpoint({
  ...editing, id: 'catalog.addLesson', method: 'POST', path: '/courses/{courseId}/modules/{moduleId}/lessons', summary: 'Add a lesson at the end of a module', status: 201,
  params: courseModule, body: z.strictObject({ title: text(200), minutes: minutes.default(null), bodyHtml: bodyHtml.default('') }), response: managedLesson,
});
export const getManagedLesson = endpoint({
  ...editing, id: 'catalog.getManagedLesson', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}/source', summary: 'A lesson as its author sees it',
  params: lesson, response: managedLesson,
});
export const updateLesson = endpoint({
  ...editing, id: 'catalog.updateLesson', method: 'PATCH', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'Change a lesson', ifMatch: true,
  params: lesson, body: z.strictObject({ title: text(200), minutes, bodyHtml }).partial(), response: managedLesson,
  errors: [...editing.errors, 'kernel.version_conflict'],
});
export const removeLesson = endpoint({
  ...editing, id: 'catalog.removeLesson', method: 'DELETE', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'Remove a lesson', status: 204,
  params: lesson, response: nothing, errors: [...editing.errors, 'catalog.last_lesson'],
});
export const reorderOutline = endpoint({
  ...editing, id: 'catalog.reorderOutline', method: 'PUT', path: '/courses/{courseId}/outline', summary: 'Put modules and lessons into a new order', ifMatch: true,
  params: course, body: z.strictObject({ modules: z.array(z.strictObject({ id, lessonIds: z.array(id).max(1000) })).max(200) }),
  response: z.object({ modules: z.array(outlineModule) }), errors: [...editing.errors, 'catalog.outline_mismatch', 'kernel.version_conflict'],
});
