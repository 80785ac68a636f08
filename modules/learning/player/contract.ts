import { attachment } from '@milpa/catalog/contract';
import { endpoint, fileContent, id } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollment } from '../enrollment/contract.ts';

const lessonLink = z.object({ id, title: z.string() });
export const playerOutline = z.object({
  course: z.object({ id, slug: z.string(), title: z.string(), language: z.string() }),
  /** Null for who teaches or administers the course without being enrolled. */
  enrollment: enrollment.nullable(),
  modules: z.array(z.object({
    id, title: z.string(), completedLessons: z.int(),
    lessons: z.array(z.object({ id, title: z.string(), minutes: z.int().nullable(), completed: z.boolean() })),
  })),
}).meta({ id: 'PlayerOutline' });
export type PlayerOutline = z.infer<typeof playerOutline>;

export const playerLesson = z.object({
  id, title: z.string(), minutes: z.int().nullable(), bodyHtml: z.string(), completed: z.boolean(), moduleTitle: z.string(),
  attachments: z.array(attachment), previous: lessonLink.nullable(), next: lessonLink.nullable(),
}).meta({ id: 'PlayerLesson' });
export type PlayerLesson = z.infer<typeof playerLesson>;

const errors = ['catalog.course_not_found', 'learning.not_enrolled'];

export const getPlayer = endpoint({
  id: 'learning.getPlayer', method: 'GET', path: '/courses/{courseId}/player', summary: 'The outline of a course with my progress, by course id or slug', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200) }), response: playerOutline, errors,
});
export const getPlayerLesson = endpoint({
  id: 'learning.getPlayerLesson', method: 'GET', path: '/courses/{courseId}/lessons/{lessonId}', summary: 'A lesson to read, with its neighbours', access: 'course:read',
  params: z.object({ courseId: z.string().min(1).max(200), lessonId: id }), response: playerLesson, errors: [...errors, 'catalog.lesson_not_found'],
});
export const getCourseFile = endpoint({
  id: 'learning.getCourseFile', method: 'GET', path: '/courses/{courseId}/files/{fileId}', summary: 'A file of a course', access: 'course:read',
  params: z.object({ courseId: id, fileId: id }), response: fileContent, errors: [...errors, 'learning.file_not_found'],
});
