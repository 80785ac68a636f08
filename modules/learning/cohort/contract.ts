import { courseKey } from '@milpa/catalog/contract';
import { abilities, endpoint, id, nothing, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollment } from '../enrollment/contract.ts';

export const cohort = z.object({
  id, courseId: id, name: z.string(), startsAt: timestamp, endsAt: timestamp.nullable(),
  /** Null: as many as come. */
  capacity: z.int().nullable(), taken: z.int(), selfEnrollment: z.boolean(),
  /** The version of the course that it keeps to; null: whatever is newest when somebody joins. */
  courseVersionId: id.nullable(), version: z.int(),
  /** `join`: it is open, has not ended and has a place left. */
  abilities: abilities('update', 'join'),
}).meta({ id: 'Cohort' });
export type Cohort = z.infer<typeof cohort>;

const ofCourse = z.object({ courseId: id });
const ofCohort = ofCourse.extend({ cohortId: id });
const instant = z.iso.datetime({ offset: true });
const fields = { name: text(120), startsAt: instant, endsAt: instant.nullable(), capacity: z.int().min(1).max(100_000).nullable(), selfEnrollment: z.boolean() };

export const listCohorts = endpoint({
  id: 'learning.listCohorts', method: 'GET', path: '/courses/{courseId}/cohorts', summary: 'The groups of a course, the latest first; for who does not teach it, those that are open', access: 'course:read',
  params: courseKey, response: z.object({ data: z.array(cohort) }), errors: ['catalog.course_not_found'],
});
export const createCohort = endpoint({
  id: 'learning.createCohort', method: 'POST', path: '/courses/{courseId}/cohorts', summary: 'Plan a group', access: 'enrollment:manage:own', status: 201,
  params: ofCourse, response: cohort, errors: ['catalog.course_not_found', 'learning.cohort_dates', 'learning.version_not_published'],
  body: z.strictObject({
    ...fields, endsAt: fields.endsAt.default(null), capacity: fields.capacity.default(null), selfEnrollment: z.boolean().default(false),
    /** Keeps the group on the version that is published now. */
    pinVersion: z.boolean().default(true),
  }),
});
export const updateCohort = endpoint({
  id: 'learning.updateCohort', method: 'PATCH', path: '/courses/{courseId}/cohorts/{cohortId}', summary: 'Change a group; a new first day holds for who is in it already', access: 'enrollment:manage:own', ifMatch: true,
  params: ofCohort, body: z.strictObject(fields).partial(), response: cohort, errors: ['catalog.course_not_found', 'learning.cohort_not_found', 'learning.cohort_dates', 'learning.cohort_full', 'kernel.version_conflict'],
});
export const deleteCohort = endpoint({
  id: 'learning.deleteCohort', method: 'DELETE', path: '/courses/{courseId}/cohorts/{cohortId}', summary: 'Remove a group that nobody was ever in', access: 'enrollment:manage:own', support: { closed: 'deletes for good' }, status: 204,
  params: ofCohort, response: nothing, errors: ['catalog.course_not_found', 'learning.cohort_not_found', 'learning.cohort_in_use'],
});
export const joinCohort = endpoint({
  id: 'learning.joinCohort', method: 'POST', path: '/courses/{courseId}/cohorts/{cohortId}/enrollments', summary: 'Enrol in the course with this group; again gives the same enrolment', access: 'enrollment:create:own', status: 201,
  params: ofCohort, response: enrollment,
  errors: ['catalog.course_not_found', 'learning.cohort_not_found', 'learning.cohort_closed', 'learning.cohort_full', 'learning.other_cohort', 'learning.course_closed', 'learning.course_not_free', 'learning.self_enrollment_off'],
});
