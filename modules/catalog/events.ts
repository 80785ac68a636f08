import { defineEvent } from '@milpa/kernel';
import { z } from 'zod';

export const coursePublished = defineEvent('CoursePublished', z.object({ courseId: z.uuid() }));
