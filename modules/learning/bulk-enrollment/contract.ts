import { endpoint, fileContent, id, nothing, pageOf, pageQuery, timestamp, upload } from '@milpa/kernel/contract';
import { z } from 'zod';

export const bulkOutcome = z.enum(['enrolled', 'invited', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended', 'over_budget', 'failed']);
export const bulkForecast = z.enum(['enroll', 'invite', 'already_enrolled', 'duplicate', 'bad_address', 'no_place', 'not_a_member', 'suspended']);
const count = z.object({ kind: z.string(), count: z.int() });

export const bulkEnrollment = z.object({
  id, courseId: id, cohort: z.object({ id, name: z.string() }).nullable(), fileName: z.string(), status: z.enum(['draft', 'running', 'done']),
  lineCount: z.int(), doneCount: z.int(),
  /** How many lines would become what, and how many became what. */
  forecasts: z.array(count), outcomes: z.array(count),
  createdAt: timestamp, startedAt: timestamp.nullable(), finishedAt: timestamp.nullable(),
}).meta({ id: 'BulkEnrollment' });
export type BulkEnrollment = z.infer<typeof bulkEnrollment>;
export const bulkEnrollmentLine = z.object({ line: z.int(), name: z.string(), email: z.string(), forecast: bulkForecast, outcome: bulkOutcome.nullable(), doneAt: timestamp.nullable() }).meta({ id: 'BulkEnrollmentLine' });

const ofCourse = z.object({ courseId: id });
const ofBulk = ofCourse.extend({ bulkEnrollmentId: id });
const unreadable = ['catalog.course_not_found', 'learning.course_closed', 'learning.cohort_not_found', 'learning.list_unreadable', 'learning.list_empty', 'learning.list_too_long', 'learning.list_without_addresses'];

export const uploadBulkEnrollment = endpoint({
  id: 'learning.uploadBulkEnrollment', method: 'POST', path: '/courses/{courseId}/bulk-enrollments', summary: 'Read a list of people from a CSV file and say what would become of each line; nobody is enrolled yet', access: 'enrollment:manage:own', support: { closed: 'a list is a member’s' }, status: 201,
  params: ofCourse, query: z.object({ name: z.string().max(200).default('list.csv'), cohortId: id.optional() }), body: upload, response: bulkEnrollment, errors: unreadable,
});
export const pasteBulkEnrollment = endpoint({
  id: 'learning.pasteBulkEnrollment', method: 'POST', path: '/courses/{courseId}/bulk-enrollments/text', summary: 'The same from a text', access: 'enrollment:manage:own', support: { closed: 'a list is a member’s' }, status: 201,
  params: ofCourse, body: z.strictObject({ text: z.string().min(1).max(500_000), cohortId: id.nullable().default(null) }), response: bulkEnrollment, errors: unreadable,
});
export const listBulkEnrollments = endpoint({
  id: 'learning.listBulkEnrollments', method: 'GET', path: '/courses/{courseId}/bulk-enrollments', summary: 'Lists that were read, the newest first', access: 'enrollment:manage:own',
  params: ofCourse, query: pageQuery, response: pageOf(bulkEnrollment), errors: ['catalog.course_not_found'],
});
export const getBulkEnrollment = endpoint({
  id: 'learning.getBulkEnrollment', method: 'GET', path: '/courses/{courseId}/bulk-enrollments/{bulkEnrollmentId}', summary: 'One list, and how far it is', access: 'enrollment:manage:own',
  params: ofBulk, response: bulkEnrollment, errors: ['catalog.course_not_found', 'learning.list_not_found'],
});
export const listBulkEnrollmentLines = endpoint({
  id: 'learning.listBulkEnrollmentLines', method: 'GET', path: '/courses/{courseId}/bulk-enrollments/{bulkEnrollmentId}/lines', summary: 'A list line by line', access: 'enrollment:manage:own',
  params: ofBulk, query: pageQuery.extend({ kind: z.union([bulkForecast, bulkOutcome]).optional() }), response: pageOf(bulkEnrollmentLine), errors: ['catalog.course_not_found', 'learning.list_not_found'],
});
export const exportBulkEnrollment = endpoint({
  id: 'learning.exportBulkEnrollment', method: 'GET', path: '/courses/{courseId}/bulk-enrollments/{bulkEnrollmentId}/report', summary: 'What became of each line, as CSV', access: 'enrollment:manage:own', support: { closed: 'takes data out of the organisation' },
  params: ofBulk, query: z.object({ /** Only lines of which that became, or would become. */ kind: z.union([bulkForecast, bulkOutcome]).optional() }), response: fileContent, errors: ['catalog.course_not_found', 'learning.list_not_found'],
});
export const startBulkEnrollment = endpoint({
  id: 'learning.startBulkEnrollment', method: 'POST', path: '/courses/{courseId}/bulk-enrollments/{bulkEnrollmentId}/start', summary: 'Enrol and invite the people of a list; again changes nothing', access: 'enrollment:manage:own', support: { closed: 'a list is a member’s' }, status: 202,
  params: ofBulk, response: bulkEnrollment, errors: ['catalog.course_not_found', 'learning.list_not_found'],
});
export const discardBulkEnrollment = endpoint({
  id: 'learning.discardBulkEnrollment', method: 'DELETE', path: '/courses/{courseId}/bulk-enrollments/{bulkEnrollmentId}', summary: 'Throw a list away that was not started', access: 'enrollment:manage:own', support: { closed: 'deletes for good' }, status: 204,
  params: ofBulk, response: nothing, errors: ['catalog.course_not_found', 'learning.list_not_found'],
});
