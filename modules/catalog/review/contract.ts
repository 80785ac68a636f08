import { endpoint, id, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const person = z.object({ id, name: z.string() }).nullable();
export const courseReview = z.object({
  id, courseId: id, state: z.enum(['requested', 'returned', 'approved', 'withdrawn']), versionId: id,
  /** Why it was returned. */
  comment: z.string(),
  requestedBy: person, requestedAt: timestamp, decidedBy: person, decidedAt: timestamp.nullable(),
});
export type CourseReview = z.infer<typeof courseReview>;

const course = z.object({ courseId: id });
const errors = ['catalog.course_not_found', 'catalog.review_not_found', 'catalog.reviews_off'];
/** The version that was looked at: asked for anew meanwhile, nothing is decided. Without it, whatever waits. */
const lookedAt = { versionId: id.optional() };

export const requestReview = endpoint({
  id: 'catalog.requestReview', method: 'POST', path: '/courses/{courseId}/review', summary: 'Ask for the draft to be published; again while it waits, the newer draft waits', access: 'course:publish:own', status: 201,
  params: course, body: z.strictObject({ note: z.string().trim().max(500).default('') }), response: courseReview, errors: [...errors, 'catalog.course_not_ready', 'catalog.course_already_published'],
});
export const withdrawReview = endpoint({
  id: 'catalog.withdrawReview', method: 'DELETE', path: '/courses/{courseId}/review', summary: 'No longer ask for publication', access: 'course:publish:own',
  params: course, response: courseReview, errors,
});
export const listWaitingReviews = endpoint({
  id: 'catalog.listWaitingReviews', method: 'GET', path: '/course-reviews', summary: 'Courses that wait for a review, the longest first', access: 'course:review',
  query: pageQuery, response: pageOf(courseReview.extend({ course: z.object({ id, slug: z.string(), title: z.string(), status: z.string() }) })),
});
export const returnReview = endpoint({
  id: 'catalog.returnReview', method: 'POST', path: '/courses/{courseId}/review/return', summary: 'Give the course back to its author with a comment', access: 'course:review',
  params: course, body: z.strictObject({ ...lookedAt, comment: text(2000) }), response: courseReview, errors: [...errors, 'kernel.version_conflict'],
});
export const approveReview = endpoint({
  id: 'catalog.approveReview', method: 'POST', path: '/courses/{courseId}/review/approve', summary: 'Publish the version that was asked for', access: 'course:review',
  params: course, body: z.strictObject(lookedAt), response: courseReview, errors: [...errors, 'kernel.version_conflict', 'kernel.limit_reached'],
});
