import { endpoint, id } from '@milpa/kernel/contract';
import { z } from 'zod';

export const listCourseStatistics = endpoint({
  id: 'learning.listCourseStatistics', method: 'GET', path: '/course-statistics', summary: 'How the courses that the actor may edit are taken up', access: 'course:update:own',
  response: z.object({ data: z.array(z.object({ courseId: id, slug: z.string(), title: z.string(), status: z.string(), enrolled: z.int(), completed: z.int(), lessonsCompleted: z.int() })) }),
});
