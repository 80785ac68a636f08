import { endpoint, id, nothing, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { courseReview } from '../review/contract.ts';
import { release, versionLesson, versionModule } from '../version/contract.ts';

export const outlineLesson = z.object({ id, title: z.string(), minutes: z.int().nullable() }).meta({ id: 'OutlineLesson' });
export const outlineModule = z.object({ id, title: z.string(), lessons: z.array(outlineLesson) }).meta({ id: 'OutlineModule' });
export type OutlineModule = z.infer<typeof outlineModule>;

const draftLesson = versionLesson.omit({ revisionId: true }).extend({ version: z.int() });
export const draftModule = versionModule.extend({ lessons: z.array(draftLesson) }).meta({ id: 'DraftModule' });
export type DraftModule = z.infer<typeof draftModule>;
/** What authors work on. */
export const courseDraft = z.object({
  /** Of the structure: what `If-Match` of a reordering and of the rules names. */
  version: z.int(),
  requiredShare: z.int(), sequential: z.boolean(), prerequisiteCourses: z.array(z.object({ id, slug: z.string(), title: z.string() })),
  modules: z.array(draftModule),
  /** What was removed and can come back, the last first. Lessons of a removed module come back with it. */
  removed: z.object({
    modules: z.array(z.object({ id, title: z.string(), lessonCount: z.int(), removedAt: timestamp })),
    lessons: z.array(z.object({ id, title: z.string(), moduleId: id, removedAt: timestamp })),
  }),
  /** The version that learners get; null before the first publication. */
  published: z.object({ id, number: z.int(), publishedAt: timestamp }).nullable(),
  /** Whether there is something to publish. */
  changed: z.boolean(),
  /** The last review, where the organisation wants them. */
  review: courseReview.nullable(),
}).meta({ id: 'CourseDraft' });
export type CourseDraft = z.infer<typeof courseDraft>;

const course = z.object({ courseId: id });
const courseModule = course.extend({ moduleId: id });
const lesson = course.extend({ lessonId: id });
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found', 'catalog.module_not_found', 'catalog.lesson_not_found'] } as const;

export const getOutline = endpoint({
  id: 'catalog.getOutline', method: 'GET', path: '/courses/{courseId}/outline', summary: 'Modules and lessons of a course as learners get them, in order; of a draft as it is', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200) }), response: z.object({ modules: z.array(outlineModule) }), errors: ['catalog.course_not_found'],
});
export const getDraft = endpoint({
  ...editing, id: 'catalog.getDraft', method: 'GET', path: '/courses/{courseId}/draft', summary: 'What authors work on: modules and lessons with their rules, and what was removed',
  params: course, response: courseDraft,
});
export const updateCourseRules = endpoint({
  ...editing, id: 'catalog.updateCourseRules', method: 'PATCH', path: '/courses/{courseId}/rules', summary: 'Change how the course is gone through and completed, and what must come before it', ifMatch: true,
  params: course, body: z.strictObject({ requiredShare: z.int().min(1).max(100), sequential: z.boolean(), prerequisiteCourseIds: z.array(id).max(20) }).partial(),
  response: courseDraft, errors: [...editing.errors, 'catalog.prerequisite_circle', 'kernel.version_conflict'],
});
export const addModule = endpoint({
  ...editing, id: 'catalog.addModule', method: 'POST', path: '/courses/{courseId}/modules', summary: 'Add a module at the end', status: 201,
  params: course, body: z.strictObject({ title: text(200) }), response: draftModule,
});
export const updateModule = endpoint({
  ...editing, id: 'catalog.updateModule', method: 'PATCH', path: '/courses/{courseId}/modules/{moduleId}', summary: 'Rename a module, or change when it opens',
  params: courseModule, body: z.strictObject({ title: text(200), release, prerequisiteIds: z.array(id).max(50) }).partial(), response: draftModule.omit({ lessons: true }),
  errors: [...editing.errors, 'catalog.prerequisite_circle'],
});
export const removeModule = endpoint({
  ...editing, id: 'catalog.removeModule', method: 'DELETE', path: '/courses/{courseId}/modules/{moduleId}', summary: 'Take a module with its lessons out of the draft', status: 204,
  params: courseModule, response: nothing,
});
export const restoreModule = endpoint({
  ...editing, id: 'catalog.restoreModule', method: 'POST', path: '/courses/{courseId}/modules/{moduleId}/restore', summary: 'Put a removed module back where it was; again changes nothing',
  params: courseModule, response: courseDraft,
});
export const removeLesson = endpoint({
  ...editing, id: 'catalog.removeLesson', method: 'DELETE', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'Take a lesson out of the draft', status: 204,
  params: lesson, response: nothing,
});
export const restoreLesson = endpoint({
  ...editing, id: 'catalog.restoreLesson', method: 'POST', path: '/courses/{courseId}/lessons/{lessonId}/restore', summary: 'Put a removed lesson back where it was; again changes nothing',
  params: lesson, response: courseDraft,
});
export const moveLesson = endpoint({
  ...editing, id: 'catalog.moveLesson', method: 'PUT', path: '/courses/{courseId}/lessons/{lessonId}/place', summary: 'Move a lesson, also to another module',
  params: lesson, body: z.strictObject({ moduleId: id, /** The lesson that it comes after; null: the first of the module. */ afterLessonId: id.nullable() }), response: courseDraft,
});
export const reorderOutline = endpoint({
  ...editing, id: 'catalog.reorderOutline', method: 'PUT', path: '/courses/{courseId}/outline', summary: 'Put modules and lessons into a new order', ifMatch: true,
  params: course, body: z.strictObject({ modules: z.array(z.strictObject({ id, lessonIds: z.array(id).max(1000) })).max(200) }),
  response: courseDraft, errors: [...editing.errors, 'catalog.outline_mismatch', 'kernel.version_conflict'],
});
