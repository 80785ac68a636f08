import { endpoint, id, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { attachment } from '../file/contract.ts';

/** When the lessons of a module open: at once, on a day, or some weeks after a learner has begun. */
export const release = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('date'), at: z.iso.datetime() }),
  z.strictObject({ kind: z.literal('weeks'), afterEnrollment: z.int().min(1).max(104) }),
]).meta({ id: 'Release' });
export type Release = z.infer<typeof release>;
/** What completes a lesson: its learner says so, it was opened, or the end of its text was reached. */
export const completion = z.enum(['mark', 'open', 'end']);
export type Completion = z.infer<typeof completion>;

export const versionLesson = z.object({
  id,
  /** Null in a draft. */
  revisionId: id.nullable(),
  title: z.string(), minutes: z.int().nullable(), completion,
  /** Does not count towards completing the course. */
  optional: z.boolean(),
});
export const versionModule = z.object({
  id, title: z.string(), release,
  /** Modules to complete first. */
  prerequisiteIds: z.array(id), lessons: z.array(versionLesson),
});
/** What learners of a version go through, in order. */
export const courseOutline = z.object({
  /** Per cent of the lessons that count, by which the course is completed. */
  requiredShare: z.int(),
  /** Whether each lesson opens only when those before it are done. */
  sequential: z.boolean(),
  modules: z.array(versionModule),
}).meta({ id: 'CourseOutline' });
export type CourseOutline = z.infer<typeof courseOutline>;

const member = z.object({ id, name: z.string() }).nullable();
export const courseVersion = z.object({
  id, number: z.int(), note: z.string(), createdAt: timestamp, member, publishedAt: timestamp.nullable(),
  /** What new enrolments get. */
  current: z.boolean(),
  lessonCount: z.int(), durationMinutes: z.int(),
}).meta({ id: 'CourseVersion' });
export type CourseVersion = z.infer<typeof courseVersion>;

export const courseVersionWithOutline = courseVersion.extend({
  details: z.object({ title: z.string(), summary: z.string(), descriptionHtml: z.string(), language: z.string(), level: z.string(), tags: z.array(z.string()) }),
  outline: courseOutline,
}).meta({ id: 'CourseVersionWithOutline' });

/** A text with what was taken out and what was put in, word by word. */
export const textChange = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }).meta({ id: 'TextChange' });
export type TextChange = z.infer<typeof textChange>;

export const partChange = z.enum(['added', 'removed', 'moved', 'renamed', 'changed']);
export type PartChange = z.infer<typeof partChange>;
export const versionChanges = z.object({
  /** Rules of the course that differ. */
  rules: z.array(z.enum(['requiredShare', 'sequential'])),
  modules: z.array(z.object({ id, title: z.string(), before: z.string().nullable(), changes: z.array(partChange) })),
  lessons: z.array(z.object({
    id, title: z.string(),
    /** The title before, where it was another. */
    before: z.string().nullable(),
    moduleTitle: z.string(), changes: z.array(partChange),
    /** Null where the words are the same, or the lesson is on one side only. */
    text: z.array(textChange).nullable(),
  })),
}).meta({ id: 'VersionChanges' });
export type VersionChanges = z.infer<typeof versionChanges>;

const course = z.object({ courseId: id });
const version = course.extend({ versionId: id });
const editing = { access: 'course:update:own', errors: ['catalog.course_not_found', 'catalog.version_not_found'] } as const;

export const listVersions = endpoint({
  ...editing, id: 'catalog.listVersions', method: 'GET', path: '/courses/{courseId}/versions', summary: 'Versions of a course, the newest first',
  params: course, query: pageQuery, response: pageOf(courseVersion),
});
export const getVersion = endpoint({
  ...editing, id: 'catalog.getVersion', method: 'GET', path: '/courses/{courseId}/versions/{versionId}', summary: 'A version with its outline', params: version, response: courseVersionWithOutline,
});
export const getVersionLesson = endpoint({
  ...editing, id: 'catalog.getVersionLesson', method: 'GET', path: '/courses/{courseId}/versions/{versionId}/lessons/{lessonId}', summary: 'A lesson as it is in a version',
  params: version.extend({ lessonId: id }), response: z.object({ id, title: z.string(), minutes: z.int().nullable(), bodyHtml: z.string(), attachments: z.array(attachment) }),
  errors: [...editing.errors, 'catalog.lesson_not_found'],
});
export const saveVersion = endpoint({
  ...editing, id: 'catalog.saveVersion', method: 'POST', path: '/courses/{courseId}/versions', summary: 'Keep the draft as a version without publishing it; again without a change gives the same one', status: 201,
  params: course, body: z.strictObject({ note: z.string().trim().max(500).default('') }), response: courseVersion, errors: [...editing.errors, 'catalog.course_empty'],
});
export const compareVersion = endpoint({
  ...editing, id: 'catalog.compareVersion', method: 'GET', path: '/courses/{courseId}/versions/{versionId}/changes', summary: 'What changed from a version to another one, or to the draft',
  params: version, query: z.object({ to: z.union([id, z.literal('draft')]).default('draft') }), response: versionChanges,
});
export const restoreVersion = endpoint({
  ...editing, id: 'catalog.restoreVersion', method: 'POST', path: '/courses/{courseId}/versions/{versionId}/restore',
  summary: 'Make the draft what the version is; a draft with changes is kept as a version first. Learners see nothing of it until it is published',
  params: version, response: z.object({ kept: courseVersion.nullable() }),
});
