import { endpoint, id } from '@milpa/kernel/contract';
import { z } from 'zod';

export const readinessCode = z.enum([
  'no_lessons', 'prerequisite_circle', 'missing_file', 'dead_lesson_link',
  'empty_module', 'empty_lesson', 'image_without_alt', 'long_lesson', 'no_minutes', 'no_summary', 'no_description', 'no_category', 'no_poster_alt',
]);
export type ReadinessCode = z.infer<typeof readinessCode>;
export const readinessItem = z.object({
  code: readinessCode,
  /** What blocks is refused at publishing; advice is not. */
  severity: z.enum(['blocker', 'advice']),
  moduleId: id.nullable(), lessonId: id.nullable(),
  /** The title of the module or lesson. */
  title: z.string().nullable(),
  /** How many times, such as images of one lesson. */
  count: z.int(),
}).meta({ id: 'ReadinessItem' });
export type ReadinessItem = z.infer<typeof readinessItem>;

export const getReadiness = endpoint({
  id: 'catalog.getReadiness', method: 'GET', path: '/courses/{courseId}/readiness', summary: 'What the draft lacks before it is published', access: 'course:update:own',
  params: z.object({ courseId: id }), response: z.object({ ready: z.boolean(), items: z.array(readinessItem) }), errors: ['catalog.course_not_found'],
});
