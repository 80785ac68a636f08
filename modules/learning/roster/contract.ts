import { endpoint, fileContent, id, nothing, pageOf, pageQuery, text, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';
import { enrollmentStatus } from '../enrollment/contract.ts';

const ofCourse = z.object({ courseId: id });
/** After how many days without a lesson opened somebody under way counts as stalled. */
const stalledAfterDays = z.coerce.number().int().min(1).max(365).default(14);
const filter = z.object({
  /** Words of a name or an address. */
  q: z.string().max(200).optional(),
  /** `current`: under way or done. */
  state: z.enum(['current', 'active', 'stalled', 'completed', 'left']).default('current'),
  cohortId: id.optional(),
  /** Who opened this lesson last. */
  lessonId: id.optional(),
  stalledAfterDays,
});
export const rosterSort = z.enum(['activity', 'quiet', 'name', 'progress', 'enrolled']);

export const rosterEntry = z.object({
  enrollmentId: id, memberId: id, name: z.string(), email: z.string(), status: enrollmentStatus, stalled: z.boolean(),
  enrolledAt: timestamp, completedAt: timestamp.nullable(), leftAt: timestamp.nullable(), leftReason: z.string().nullable(), activeAt: timestamp,
  completedLessons: z.int(), lessonCount: z.int(), lesson: z.object({ id, title: z.string() }).nullable(),
  cohort: z.object({ id, name: z.string() }).nullable(),
  /** The version of the course that they are on, and whether a newer one is published. */
  versionNumber: z.int().nullable(), outdated: z.boolean(),
  /** Which time this is that they take the course. */
  attempt: z.int(),
}).meta({ id: 'RosterEntry' });
export type RosterEntry = z.infer<typeof rosterEntry>;

export const getRoster = endpoint({
  id: 'learning.getRoster', method: 'GET', path: '/courses/{courseId}/roster', summary: 'Who takes the course, how far they are and who stalls', access: 'enrollment:read:own',
  params: ofCourse, query: pageQuery.extend(filter.shape).extend({ sort: rosterSort.default('activity') }), response: pageOf(rosterEntry), errors: ['catalog.course_not_found'],
});
export const exportRoster = endpoint({
  id: 'learning.exportRoster', method: 'GET', path: '/courses/{courseId}/roster/export', summary: 'The roster as CSV', access: 'enrollment:read:own', support: { closed: 'takes data out of the organisation' },
  params: ofCourse, query: filter, response: fileContent, errors: ['catalog.course_not_found'],
});

export const rosterSummary = z.object({
  active: z.int(), stalled: z.int(), completed: z.int(), left: z.int(),
  /** Of those under way or done, lesson by lesson: who has not come to it, who is at it, who has done it. */
  lessons: z.array(z.object({ id, title: z.string(), moduleTitle: z.string(), before: z.int(), at: z.int(), done: z.int() })),
}).meta({ id: 'RosterSummary' });
export type RosterSummary = z.infer<typeof rosterSummary>;
export const getRosterSummary = endpoint({
  id: 'learning.getRosterSummary', method: 'GET', path: '/courses/{courseId}/roster/summary', summary: 'How many are where in the course', access: 'enrollment:read:own',
  params: ofCourse, query: z.object({ stalledAfterDays }), response: rosterSummary, errors: ['catalog.course_not_found'],
});

export const getLearner = endpoint({
  id: 'learning.getLearner', method: 'GET', path: '/courses/{courseId}/learners/{memberId}', summary: 'Every time that a member has taken the course, the latest first', access: 'enrollment:read:own',
  params: z.object({ courseId: id, memberId: id }), errors: ['catalog.course_not_found', 'learning.enrollment_not_found'],
  response: z.object({
    memberId: id, name: z.string(), email: z.string(),
    enrollments: z.array(rosterEntry.omit({ memberId: true, name: true, email: true }).extend({ lessons: z.array(z.object({ id, title: z.string(), completedAt: timestamp })) })),
  }),
});

const enrollmentIds = z.array(id).min(1).max(200);
export const withdrawLearners = endpoint({
  id: 'learning.withdrawLearners', method: 'POST', path: '/courses/{courseId}/withdrawals', summary: 'Take learners out of the course; what they did is kept', access: 'enrollment:manage:own', support: { closed: 'learners are told that somebody of the organisation decided it' },
  params: ofCourse, body: z.strictObject({ enrollmentIds, reason: text(500) }), response: z.object({ withdrawn: z.int() }), errors: ['catalog.course_not_found'],
});
export const moveLearners = endpoint({
  id: 'learning.moveLearners', method: 'POST', path: '/courses/{courseId}/cohort-moves', summary: 'Move learners into a cohort, or out of theirs', access: 'enrollment:manage:own', status: 204,
  params: ofCourse, body: z.strictObject({ enrollmentIds, cohortId: id.nullable() }), response: nothing, errors: ['catalog.course_not_found', 'learning.cohort_not_found', 'learning.cohort_full'],
});
