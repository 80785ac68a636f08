import { endpoint, id, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { course, courseSummary } from '@milpa/catalog/contract';
import { z } from 'zod';

export const enrollmentStatus = z.enum(['active', 'completed', 'left']);
export const enrollment = z.object({
  id, courseId: id, status: enrollmentStatus, enrolledAt: timestamp, completedAt: timestamp.nullable(), lastLessonId: id.nullable(),
  /** Enrolling counts as opening. */
  lastOpenedAt: timestamp.nullable(),
  /** The version that the learner is on. */
  courseVersionId: id,
  /** Whether newer enrolments get another one. */
  newVersionAvailable: z.boolean(),
  /** When the learner's time begins, where that is not `enrolledAt`. */
  startsAt: timestamp.nullable(),
  /** Of the lessons that count, those that are done; how many there are, and how many complete the course. */
  completedLessons: z.int(), lessonCount: z.int(), requiredLessons: z.int(),
}).meta({ id: 'Enrollment' });
export type Enrollment = z.infer<typeof enrollment>;
export const myEnrollment = enrollment.extend({ course: courseSummary.pick({ id: true, slug: true, title: true, summary: true, language: true, durationMinutes: true }) }).meta({ id: 'MyEnrollment' });
export type MyEnrollment = z.infer<typeof myEnrollment>;

export const enroll = endpoint({
  id: 'learning.enroll', method: 'POST', path: '/courses/{courseId}/enrollments', summary: 'Enrol in a course; again while enrolled gives the same enrolment', access: 'enrollment:create:own', status: 201,
  params: z.object({ courseId: id }), response: enrollment,
  errors: ['catalog.course_not_found', 'learning.course_closed', 'learning.course_not_free', 'learning.self_enrollment_off', 'learning.prerequisite_missing'],
});
export const listMyEnrollments = endpoint({
  id: 'learning.listMyEnrollments', method: 'GET', path: '/enrollments', summary: 'My enrolments, the one opened last first', access: 'enrollment:read:own',
  query: pageQuery.extend({ status: enrollmentStatus.optional() }), response: pageOf(myEnrollment),
});
export const memberEnrollment = z.object({
  id, status: enrollmentStatus, enrolledAt: timestamp, completedAt: timestamp.nullable(), leftAt: timestamp.nullable(), lastOpenedAt: timestamp.nullable(),
  completedLessons: z.int(), lessonCount: z.int(), course: courseSummary.pick({ id: true, slug: true, title: true }), cohort: z.object({ id, name: z.string() }).nullable(),
}).meta({ id: 'MemberEnrollment' });
export const listMemberEnrollments = endpoint({
  id: 'learning.listMemberEnrollments', method: 'GET', path: '/members/{memberId}/enrollments', summary: 'A member’s enrolments, those left included, the one opened last first', access: 'enrollment:read:own',
  params: z.object({ memberId: id }), query: pageQuery, response: pageOf(memberEnrollment), errors: ['identity.member_not_found'],
});
export const getMyEnrollment = endpoint({
  id: 'learning.getMyEnrollment', method: 'GET', path: '/courses/{courseId}/enrollment', summary: 'My current enrolment in a course', access: 'enrollment:read:own',
  params: z.object({ courseId: id }), response: enrollment, errors: ['learning.enrollment_not_found'],
});
export const getMyCourse = endpoint({
  id: 'learning.getMyCourse', method: 'GET', path: '/my-courses/{courseId}', summary: 'A course that I take, by id or slug, also after it was archived', access: 'enrollment:read:own',
  params: z.object({ courseId: z.string().min(1).max(200) }), response: course, errors: ['catalog.course_not_found'],
});
export const leave = endpoint({
  id: 'learning.leave', method: 'DELETE', path: '/enrollments/{enrollmentId}', summary: 'Leave a course; what was done is kept', access: 'enrollment:leave:own', status: 200,
  params: z.object({ enrollmentId: id }), response: enrollment, errors: ['learning.enrollment_not_found'],
});
export const moveToVersion = endpoint({
  id: 'learning.moveToVersion', method: 'POST', path: '/courses/{courseId}/learners/move', summary: 'Take learners to another published version of their course; what they did stays done', access: 'enrollment:manage:own',
  params: z.object({ courseId: id }),
  body: z.strictObject({
    /** Left out: the one that is published. */
    versionId: id.optional(),
    /** Left out: everybody who is under way. */
    enrollmentIds: z.array(id).min(1).max(1000).optional(),
  }),
  response: z.object({ moved: z.int(), completed: z.int(), /** Those who were on it already. */ unchanged: z.int() }),
  errors: ['catalog.course_not_found', 'catalog.version_not_found', 'learning.course_closed'],
});
