import { abilities, endpoint, id, money, nothing, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
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
  poster: z.object({ fileId: id, address: z.string(), alt: z.string() }).nullable(),
  /** Null: nobody has said anything yet. */
  rating: z.object({ count: z.int(), average: z.number() }).nullable(),
}).meta({ id: 'CourseSummary' });
export type CourseSummary = z.infer<typeof courseSummary>;

export const course = courseSummary.extend({
  descriptionHtml: z.string(), ownerMemberId: id.nullable(),
  /** Who teaches it; null when nobody does any more. */
  instructor: z.object({ name: z.string() }).nullable(), version: z.int(), createdAt: timestamp, updatedAt: timestamp,
  /** The version that learners get; null before the first publication. */
  publishedVersionId: id.nullable(),
  /** Courses to complete before enrolling. */
  prerequisites: z.array(z.object({ id, slug: z.string(), title: z.string() })),
  /** `review`: may publish where courses are looked at first, and decide about those of others. */
  abilities: abilities('update', 'publish', 'archive', 'review'),
}).meta({ id: 'Course' });
export type Course = z.infer<typeof course>;

/** `id` of a course, or its slug. */
export const courseKey = z.object({ courseId: z.string().min(1).max(200) });
export const courseId = z.object({ courseId: id });

export const listManagedCourses = endpoint({
  id: 'catalog.listManagedCourses', method: 'GET', path: '/managed-courses', summary: 'List the courses that the actor may edit, in any state', access: 'course:update:own',
  query: pageQuery.extend({ status: courseStatus.optional(), /** Only those of this member. */ ownerMemberId: id.optional() }),
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
  params: courseId, body: z.strictObject({ ...courseFields, /** A picture of the course’s files. */ poster: z.strictObject({ fileId: id, alt: z.string().trim().max(500) }).nullable() }).partial(),
  response: course, errors: ['catalog.course_not_found', 'catalog.category_not_found', 'catalog.file_not_found', 'catalog.not_a_picture', 'kernel.version_conflict'],
});

export const publishCourse = endpoint({
  id: 'catalog.publishCourse', method: 'POST', path: '/courses/{courseId}/publish', summary: 'Publish the draft: new enrolments get it, learners under way stay on their version', access: 'course:publish:own',
  params: courseId, body: z.strictObject({ /** What is new, for those who compare versions. */ note: z.string().trim().max(500).default('') }),
  response: course, errors: ['catalog.course_not_found', 'catalog.course_not_ready', 'catalog.course_already_published', 'catalog.review_needed', 'kernel.limit_reached'],
});

export const archiveCourse = endpoint({
  id: 'catalog.archiveCourse', method: 'POST', path: '/courses/{courseId}/archive', summary: 'Take a published course out of the catalogue; learners under way keep it', access: 'course:archive:own',
  params: courseId, response: course, errors: ['catalog.course_not_found', 'catalog.course_not_published'],
});

export const duplicateCourse = endpoint({
  id: 'catalog.duplicateCourse', method: 'POST', path: '/courses/{courseId}/duplicate', summary: 'A new draft with the same content, files and rules', access: 'course:update:own', support: { closed: 'a course belongs to a member' }, status: 201,
  params: courseId, response: course, errors: ['catalog.course_not_found', 'kernel.limit_reached', 'kernel.forbidden'],
});

export const deleteCourse = endpoint({
  id: 'catalog.deleteCourse', method: 'DELETE', path: '/courses/{courseId}', summary: 'Delete a draft that was never published', access: 'course:update:own', support: { closed: 'deletes for good' }, status: 204,
  params: courseId, response: nothing, errors: ['catalog.course_not_found', 'catalog.course_in_use'],
});
