import { courseKey } from '@milpa/catalog/contract';
import { abilities, endpoint, id, nothing, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const rating = z.int().min(1).max(5);
export const reviewSort = z.enum(['newest', 'highest', 'lowest']);

export const review = z.object({
  id, rating, body: z.string(), author: z.string(), createdAt: timestamp, updatedAt: timestamp,
  answer: z.object({ body: z.string(), at: timestamp }).nullable(),
  /** Is it the reader's own. */
  mine: z.boolean(), abilities: abilities('answer', 'report', 'hide'),
}).meta({ id: 'CourseReview' });
export type CourseReview = z.infer<typeof review>;
export const ratingSummary = z.object({ count: z.int(), average: z.number().nullable(), /** How many gave 1, 2, 3, 4 and 5. */ distribution: z.array(z.int()).length(5) }).meta({ id: 'RatingSummary' });
export type RatingSummary = z.infer<typeof ratingSummary>;

const ofCourse = z.object({ courseId: id });
const onReview = ofCourse.extend({ reviewId: id });

export const listReviews = endpoint({
  id: 'learning.listReviews', method: 'GET', path: '/courses/{courseId}/reviews', summary: 'What learners say of a course, with how they rate it', access: 'course:read',
  params: courseKey, query: pageQuery.extend({ sort: reviewSort.default('newest'), rating: z.coerce.number().int().min(1).max(5).optional() }),
  response: pageOf(review).extend({ summary: ratingSummary }), errors: ['catalog.course_not_found'],
});

export const myReview = z.object({
  /** Whether the reader may write one, or why not. */
  may: z.enum(['write', 'not_enrolled', 'not_begun']),
  review: z.object({ id, rating, body: z.string(), hiddenReason: z.string().nullable() }).nullable(),
}).meta({ id: 'MyReview' });
export const getMyReview = endpoint({
  id: 'learning.getMyReview', method: 'GET', path: '/courses/{courseId}/my-review', summary: 'My review, and whether I may write one', access: 'review:write:own',
  params: ofCourse, response: myReview, errors: ['catalog.course_not_found'],
});
export const putMyReview = endpoint({
  id: 'learning.putMyReview', method: 'PUT', path: '/courses/{courseId}/my-review', summary: 'Rate a course that I took; again changes it', access: 'review:write:own',
  params: ofCourse, body: z.strictObject({ rating, body: z.string().trim().max(4000).default('') }), response: myReview, errors: ['catalog.course_not_found', 'learning.review_not_enrolled', 'learning.review_not_begun'],
});
export const deleteMyReview = endpoint({
  id: 'learning.deleteMyReview', method: 'DELETE', path: '/courses/{courseId}/my-review', summary: 'Take my review back', access: 'review:write:own', status: 204,
  params: ofCourse, response: nothing, errors: ['catalog.course_not_found'],
});
export const answerReview = endpoint({
  id: 'learning.answerReview', method: 'PUT', path: '/courses/{courseId}/reviews/{reviewId}/answer', summary: 'Answer a review for all to read; again changes the answer, null takes it back', access: 'review:answer:own',
  params: onReview, body: z.strictObject({ answer: text(4000).nullable() }), response: review, errors: ['catalog.course_not_found', 'learning.review_not_found'],
});
export const reportReview = endpoint({
  id: 'learning.reportReview', method: 'POST', path: '/courses/{courseId}/reviews/{reviewId}/reports', summary: 'Tell the organisation that a review should not stand there; again changes nothing', access: 'review:report:own', status: 204,
  params: onReview, body: z.strictObject({ reason: text(500) }), response: nothing, errors: ['catalog.course_not_found', 'learning.review_not_found'],
});

export const moderatedReview = z.object({
  id, course: z.object({ id, slug: z.string(), title: z.string() }), rating, body: z.string(), author: z.string(), createdAt: timestamp,
  hiddenAt: timestamp.nullable(), hiddenReason: z.string().nullable(), reports: z.array(z.object({ reason: z.string(), createdAt: timestamp })),
}).meta({ id: 'ModeratedReview' });
export const listModeratedReviews = endpoint({
  id: 'learning.listModeratedReviews', method: 'GET', path: '/review-reports', summary: 'Reviews that somebody reported, or that are hidden', access: 'review:moderate',
  query: pageQuery.extend({ state: z.enum(['reported', 'hidden']).default('reported') }), response: pageOf(moderatedReview),
});
const oneReview = z.object({ reviewId: id });
export const hideReview = endpoint({
  id: 'learning.hideReview', method: 'POST', path: '/reviews/{reviewId}/hide', summary: 'Hide a review and tell its author why; it no longer counts', access: 'review:moderate', status: 204,
  params: oneReview, body: z.strictObject({ reason: text(500) }), response: nothing, errors: ['learning.review_not_found'],
});
export const keepReview = endpoint({
  id: 'learning.keepReview', method: 'POST', path: '/reviews/{reviewId}/keep', summary: 'Let a review stand: settles its reports, and shows it again', access: 'review:moderate', status: 204,
  params: oneReview, response: nothing, errors: ['learning.review_not_found'],
});
