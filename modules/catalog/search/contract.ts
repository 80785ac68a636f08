import { endpoint, id, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { courseKey, courseLevel, courseSummary, language } from '../course/contract.ts';

/** How long a course takes: under 1, 4 or 16 hours, or longer. */
export const durationBand = z.enum(['short', 'medium', 'long', 'extended']);
export const sortOrder = z.enum(['relevance', 'newest', 'title', 'rating', 'shortest']);

export const courseFilters = z.object({
  /** Words to look for in title, tags, summary and lessons; the last may be unfinished, and all may be misspelt. */
  q: z.string().max(200).optional(),
  /** A category's slug; what lies in those below it counts. */
  category: z.string().max(120).optional(),
  level: courseLevel.optional(),
  language: language.optional(),
  /** Free, with a price, or from one to below another amount in the minor unit of the tenant's currency: `5000-20000`, `20000-`. */
  price: z.string().regex(/^(free|paid|\d{1,12}-\d{0,12})$/).optional(),
  duration: durationBand.optional(),
  /** At least so many stars. */
  rating: z.coerce.number().min(1).max(5).optional(),
  tag: z.string().max(40).optional(),
});
export type CourseFilters = z.output<typeof courseFilters>;

const range = z.tuple([z.int(), z.int()]);

/** How the words were understood, where it was not as they were typed. */
const understanding = z.object({
  /** The words by which courses were found instead. */
  corrected: z.string().nullable(),
  /** No course has all the words; these have some. */
  some: z.boolean(),
});
export type Understanding = z.infer<typeof understanding>;

export const listCourses = endpoint({
  id: 'catalog.listCourses', method: 'GET', path: '/courses', summary: 'List and search courses', access: 'course:read',
  query: pageQuery.extend({ ...courseFilters.shape, /** By relevance where there are words to look for, else the newest first. */ sort: sortOrder.optional() }),
  response: pageOf(courseSummary.extend({
    /** Where the words were found, as half-open ranges of UTF-16 units. */
    marks: z.object({ title: z.array(range), summary: z.array(range) }).nullable(),
  })).extend({ search: understanding.nullable() }),
});

const facet = <S extends z.ZodType>(value: S) => z.array(z.object({ value, count: z.int() }));

/** How many courses there are, and would be with another value of each filter, the others as they are. */
export const countCourseFacets = endpoint({
  id: 'catalog.countCourseFacets', method: 'GET', path: '/course-facets', summary: 'How many courses each filter leaves', access: 'course:read',
  query: courseFilters,
  response: z.object({
    total: z.int(),
    /** By category, what lies below it included. */
    category: z.array(z.object({ id, count: z.int() })),
    /** A course for all levels counts for each. */
    level: facet(courseLevel), language: facet(z.string()), price: facet(z.string()), duration: facet(durationBand),
    /** At least so many stars. */
    rating: facet(z.number()),
  }),
});
export type CourseFacets = z.infer<typeof countCourseFacets['response']>;

export const suggestCourses = endpoint({
  id: 'catalog.suggestCourses', method: 'GET', path: '/course-suggestions', summary: 'What somebody who types may mean: courses and words', access: 'course:read',
  query: z.object({ q: z.string().max(200) }),
  response: z.object({ courses: z.array(z.object({ slug: z.string(), title: z.string(), language: z.string() })), words: z.array(z.string()) }),
});

export const listRelatedCourses = endpoint({
  id: 'catalog.listRelatedCourses', method: 'GET', path: '/courses/{courseId}/related', summary: 'Courses that have most in common with one', access: 'course:read',
  params: courseKey, response: z.object({ data: z.array(courseSummary) }), errors: ['catalog.course_not_found'],
});

export const listCourseAddresses = endpoint({
  id: 'catalog.listCourseAddresses', method: 'GET', path: '/course-addresses', summary: 'Where all published courses are, ten thousand at a time, for sitemaps', access: 'course:read',
  query: z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
  response: z.object({ data: z.array(z.object({ slug: z.string(), updatedAt: timestamp })), pages: z.int() }),
});
