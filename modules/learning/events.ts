import { defineEvent } from '@milpa/kernel';
import { z } from 'zod';

const enrollment = z.object({ enrollmentId: z.uuid(), courseId: z.uuid(), memberId: z.uuid() });

export const courseEnrolled = defineEvent('CourseEnrolled', enrollment);
export const courseLeft = defineEvent('CourseLeft', enrollment);
export const lessonCompleted = defineEvent('LessonCompleted', enrollment.extend({ lessonId: z.uuid() }));
export const courseCompleted = defineEvent('CourseCompleted', enrollment);
