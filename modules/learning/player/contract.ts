import { attachment, completion } from '@milpa/catalog/contract';
import { endpoint, fileContent, id, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollment } from '../enrollment/contract.ts';

const lessonLink = z.object({ id, title: z.string(), locked: z.boolean() });
const lesson = { id, title: z.string(), minutes: z.int().nullable(), completion, optional: z.boolean(), completed: z.boolean(), /** Does not open now; a preview opens it all the same. */ locked: z.boolean() };
export const playerOutline = z.object({
  course: z.object({ id, slug: z.string(), title: z.string(), language: z.string() }),
  /** Null for who teaches or administers the course without being enrolled. */
  enrollment: enrollment.nullable(),
  /** The number of the learner's version, or of the one that waits for the reader's decision; null for the draft. */
  version: z.int().nullable(),
  /** Whether each lesson opens only when those before it are done. */
  sequential: z.boolean(),
  modules: z.array(z.object({
    id, title: z.string(), completedLessons: z.int(), lessons: z.array(z.object(lesson)),
    /** Why the module does not open now: its time has not come, other modules come first, or both. */
    lock: z.object({ until: timestamp.nullable(), after: z.array(z.object({ id, title: z.string() })) }).nullable(),
  })),
}).meta({ id: 'PlayerOutline' });
export type PlayerOutline = z.infer<typeof playerOutline>;

export const playerLesson = z.object({
  ...lesson, bodyHtml: z.string(), moduleTitle: z.string(),
  attachments: z.array(attachment), previous: lessonLink.nullable(), next: lessonLink.nullable(),
}).meta({ id: 'PlayerLesson' });
export type PlayerLesson = z.infer<typeof playerLesson>;

/** `preview`: the draft (`true`) or what waits for the reader's decision (`review`, else the draft) as somebody sees it who enrols now; for who may read it, also when they are enrolled. */
const query = z.object({ preview: z.enum(['true', 'review']).optional() });
const errors = ['catalog.course_not_found', 'learning.not_enrolled'];

export const getPlayer = endpoint({
  id: 'learning.getPlayer', method: 'GET', path: '/courses/{courseId}/player', summary: 'The outline of a course with my progress, by course id or slug', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200) }), query, response: playerOutline, errors,
});
export const listPlayers = endpoint({
  id: 'learning.listPlayers', method: 'GET', path: '/players', summary: 'The outlines of my courses under way with my progress, the one opened last first', access: 'enrollment:read:own',
  query: z.object({ limit: z.coerce.number().int().min(1).max(12).default(4) }), response: z.object({ data: z.array(playerOutline) }),
});
export const getPlayerLesson = endpoint({
  id: 'learning.getPlayerLesson', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'A lesson to read, with its neighbours', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200), lessonId: id }), query, response: playerLesson, errors: [...errors, 'catalog.lesson_not_found', 'learning.lesson_locked'],
});
export const getCourseFile = endpoint({
  id: 'learning.getCourseFile', method: 'GET', path: '/courses/{courseId}/files/{fileId}', summary: 'A file of a course', access: 'course:read',
  params: z.object({ courseId: id, fileId: id }), response: fileContent, errors: [...errors, 'learning.file_not_found', 'learning.lesson_locked'],
});
