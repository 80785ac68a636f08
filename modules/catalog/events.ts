import { defineEvent } from '@milpa/kernel';
import { z } from 'zod';

const review = z.object({ courseId: z.uuid(), reviewId: z.uuid(), requestedBy: z.uuid().nullable() });

export const coursePublished = defineEvent('CoursePublished', z.object({ courseId: z.uuid(), /** Left out before there were versions. */ courseVersionId: z.uuid().optional() }));
export const courseReviewRequested = defineEvent('CourseReviewRequested', review);
/** Approved, or published by somebody who may decide about it while it waited. */
export const courseReviewApproved = defineEvent('CourseReviewApproved', review);
export const courseReviewReturned = defineEvent('CourseReviewReturned', review.extend({ comment: z.string() }));
