import { courseKey, courseSummary } from '@milpa/catalog/contract';
import { endpoint, id } from '@milpa/kernel/contract';
import { z } from 'zod';

/** Why a course is recommended: honestly, and nothing else. */
export const recommendationReason = z.object({
  /** `taken_together`: at least three members took both. */
  kind: z.enum(['taken_together', 'same_category', 'popular', 'new']),
  /** The course that the reason speaks of; null where it speaks of none. */
  because: z.object({ id, title: z.string() }).nullable(),
});
export type RecommendationReason = z.infer<typeof recommendationReason>;
export const recommendation = z.object({ course: courseSummary, reason: recommendationReason }).meta({ id: 'Recommendation' });
export type Recommendation = z.infer<typeof recommendation>;

export const listRecommendations = endpoint({
  id: 'learning.listRecommendations', method: 'GET', path: '/recommendations', summary: 'Courses that suit the reader, or go with a course, each with the reason', access: 'course:read',
  /** `courseId` may be a slug, as for the course itself. `kind` leaves out what has other reasons. */
  query: z.object({ courseId: courseKey.shape.courseId.optional(), kind: z.literal('taken_together').optional(), limit: z.coerce.number().int().min(1).max(12).default(4) }), response: z.object({ data: z.array(recommendation) }), errors: ['catalog.course_not_found'],
});
