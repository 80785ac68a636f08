import { endpoint, id } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollment } from '../enrollment/contract.ts';

const enrolledLesson = z.object({ enrollmentId: id, lessonId: id });

export const completeLesson = endpoint({
  id: 'learning.completeLesson', method: 'PUT', path: '/enrollments/{enrollmentId}/lessons/{lessonId}/completion', summary: 'Mark a lesson as done; again changes nothing', access: 'progress:update:own',
  params: enrolledLesson, response: enrollment, unaudited: 'progress is its own record, lesson by lesson',
  errors: ['learning.enrollment_not_found', 'catalog.lesson_not_found', 'learning.lesson_locked'],
});
export const openLesson = endpoint({
  id: 'learning.openLesson', method: 'PUT', path: '/enrollments/{enrollmentId}/position', summary: 'Remember which lesson was opened last', access: 'progress:update:own', status: 204,
  params: z.object({ enrollmentId: id }), body: z.strictObject({ lessonId: id }), response: z.void(), unaudited: 'reading leaves no trace in the audit log',
  errors: ['learning.enrollment_not_found', 'catalog.lesson_not_found', 'learning.lesson_locked'],
});
