import { abilities, endpoint, id, money, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

export const courseLevel = z.enum(['beginner', 'intermediate', 'advanced', 'all']);
export const courseStatus = z.enum(['draft', 'published', 'archived']);
/** BCP 47, such as `es-MX`. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35);
const tags = z.array(text(40)).max(20);

export const courseSummary = z.object({
  id, slug: z.string(), title: z.string(), summary: z.string(), language: z.string(), level: courseLevel, status: courseStatus,
  categoryId: id.nullable(), tags: z.array(z.string()),
  /** Null: free. */
  price: money.nullable(),
  moduleCount: z.int(), lessonCount: z.int(), durationMinutes: z.int(), publishedAt: timestamp.nullable(),
}).meta({ id: 'CourseSummary' });
export type CourseSummary = z.infer<typeof courseSummary>;

export const course = courseSummary.extend({
  descriptionHtml: z.string(), ownerMemberId: id.nullable(), version: z.int(), createdAt: timestamp, updatedAt: timestamp,
  abilities: abilities('update', 'publish', 'archive'),
}).meta({ id: 'Course' });
export type Course = z.infer<typeof course>;

/** `id` of a course, or its slug. */
export const courseKey = z.object({ courseId: z.string().min(1).max(200) });
export const courseId = z.object({ courseId: id });

export const listCourses = endpoint({
  id: 'catalog.listCourses', method: 'GET', path: '/courses', summary: 'List and search courses', access: 'course:read',
  query: pageQuery.extend({
    /** Words to look for in title, summary and tags; the last may be unfinished. */
    q: z.string().max(200).optional(),
    category: z.string().max(120).optional(),
    level: courseLevel.optional(),
    language: language.optional(),
    price: z.enum(['free', 'paid']).optional(),
    tag: z.string().max(40).optional(),
    sort: z.enum(['newest', 'title']).default('newest'),
  }),
  response: pageOf(courseSummary),
});

export const listManagedCourses = endpoint({
  id: 'catalog.listManagedCourses', method: 'GET', path: '/managed-courses', summary: 'List the courses that the actor may edit, in any state', access: 'course:update:own',
  query: pageQuery.extend({ status: courseStatus.optional() }),
  response: pageOf(courseSummary.extend({ updatedAt: timestamp })),
});

export const getCourse = endpoint({
  id: 'catalog.getCourse', method: 'GET', path: '/courses/{courseId}', summary: 'One course, by id or slug', access: 'course:read',
  params: courseKey, response: course, errors: ['catalog.course_not_found'],
});

const courseFields = {
  title: text(200), summary: z.string().trim().max(500), descriptionHtml: z.string().max(100_000), language, level: courseLevel,
  categoryId: id.nullable(), tags, price: money.refine((value) => value.amount > 0, { params: { code: 'too_small' } }).nullable(),
};

export const createCourse = endpoint({
  id: 'catalog.createCourse', method: 'POST', path: '/courses', summary: 'Create a draft', access: 'course:create', status: 201,
  body: z.strictObject({ ...courseFields }).partial().required({ title: true, language: true }),
  response: course, errors: ['kernel.limit_reached', 'catalog.category_not_found'],
});

export const updateCourse = endpoint({
  id: 'catalog.updateCourse', method: 'PATCH', path: '/courses/{courseId}', summary: 'Change a course’s description', access: 'course:update:own', ifMatch: true,
  params: courseId, body: z.strictObject(courseFields).partial(),
  response: course, errors: ['catalog.course_not_found', 'catalog.category_not_found', 'kernel.version_conflict'],
});

export const publishCourse = endpoint({
  id: 'catalog.publishCourse', method: 'POST', path: '/courses/{courseId}/publish', summary: 'Publish a draft, or an archived course again', access: 'course:publish:own',
  params: courseId, response: course, errors: ['catalog.course_not_found', 'catalog.course_empty', 'catalog.course_already_published'],
});

export const archiveCourse = endpoint({
  id: 'catalog.archiveCourse', method: 'POST', path: '/courses/{courseId}/archive', summary: 'Take a published course out of the catalogue; learners under way keep it', access: 'course:archive:own',
  params: courseId, response: course, errors: ['catalog.course_not_found', 'catalog.course_not_published'],
});
