import { defineEvent } from '@milpa/kernel';
import { z } from 'zod';

const enrollment = z.object({ enrollmentId: z.uuid(), courseId: z.uuid(), memberId: z.uuid() });

export const courseEnrolled = defineEvent('CourseEnrolled', enrollment);
export const courseLeft = defineEvent('CourseLeft', enrollment);
export const lessonCompleted = defineEvent('LessonCompleted', enrollment.extend({ lessonId: z.uuid() }));
export const courseCompleted = defineEvent('CourseCompleted', enrollment);
/** Beside `CourseLeft`: somebody else took the learner out, and said why. */
export const learnerWithdrawn = defineEvent('LearnerWithdrawn', enrollment.extend({ reason: z.string() }));
const review = z.object({ reviewId: z.uuid(), courseId: z.uuid(), memberId: z.uuid() });
export const courseReviewed = defineEvent('CourseReviewed', review.extend({ rating: z.int() }));
export const reviewHidden = defineEvent('ReviewHidden', review.extend({ reason: z.string() }));
