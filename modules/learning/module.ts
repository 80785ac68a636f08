import { courseOf } from '@milpa/catalog';
import { defineModule, olderThan, route, routeOwned, sql, versionOf, withVersion, type Module } from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import './tables.ts';
import * as bulkContract from './bulk-enrollment/contract.ts';
import * as bulk from './bulk-enrollment/bulk-enrollment.ts';
import { bulkEnrollmentHandlers, bulkEnrollmentJob, type BulkDependencies } from './bulk-enrollment/job.ts';
import * as cohortContract from './cohort/contract.ts';
import * as cohort from './cohort/cohort.ts';
import { ownCourse, visibleCourse } from './course.ts';
import * as enrollmentContract from './enrollment/contract.ts';
import * as enrollment from './enrollment/enrollment.ts';
import { mergedEnrollments } from './enrollment/merge.ts';
import { move } from './enrollment/move.ts';
import type { EnrollmentRow } from './enrollment/queries.ts';
import * as noteContract from './note/contract.ts';
import * as note from './note/note.ts';
import * as playerContract from './player/contract.ts';
import * as player from './player/player.ts';
import * as positionContract from './position/contract.ts';
import * as position from './position/position.ts';
import { problems } from './problems.ts';
import * as progressContract from './progress/contract.ts';
import * as progress from './progress/progress.ts';
import * as readingContract from './reading/contract.ts';
import * as reading from './reading/reading.ts';
import { listRecommendations } from './recommendation/contract.ts';
import { recommend, recommendationHandlers } from './recommendation/recommendation.ts';
import * as reviewContract from './review/contract.ts';
import * as review from './review/review.ts';
import * as rosterContract from './roster/contract.ts';
import * as roster from './roster/roster.ts';
import * as statisticsContract from './statistics/contract.ts';
import { activity, attention, courseStatistics, listStatistics, statisticsHandlers } from './statistics/statistics.ts';
import * as syncContract from './sync/contract.ts';
import { sync } from './sync/sync.ts';

const ownEnrollment = { resource: enrollment.enrollmentForChange, notFound: problems.enrollment_not_found, ownerId: (row: EnrollmentRow) => row.memberId };

export const learningModule = ({ storage, ...dependencies }: { storage: Storage } & BulkDependencies): Module => defineModule({
  name: 'learning',
  memberData: {
    'learning.note': { member_id: ['own', { unlessSame: ['id'] }] },
    'learning.reading_preference': { member_id: ['own', { unlessSame: [] }] },
    'learning.review_report': { member_id: ['record', { unlessSame: ['review_id'] }] },
    'learning.review': { member_id: ['record', { unlessSame: ['course_id'] }], answered_by: ['mark', 'stay'], hidden_by: ['mark', 'stay'] },
    'learning.bulk_enrollment_line': { member_id: ['mark', 'stay'] },
    'learning.bulk_enrollment': { member_id: ['mark', 'stay'] },
    // What was counted stays counted: numbers of the past are not made over.
    'learning.course_taken': { member_id: ['record', 'stay'] },
    'learning.active_learner': { member_id: ['record', 'stay'] },
    'learning.active_member': { member_id: ['record', 'stay'] },
    'learning.enrollment': { member_id: ['record', mergedEnrollments], left_by: ['mark', 'stay'] },
  },
  feature: 'learning',
  permissions: ['enrollment:create:own', 'enrollment:read:own', 'enrollment:read', 'enrollment:leave:own', 'progress:update:own', 'note:manage:own',
    'activity:read', 'enrollment:manage', 'enrollment:manage:own', 'review:write:own', 'review:report:own', 'review:answer', 'review:answer:own', 'review:moderate'],
  supportPermissions: ['enrollment:read', 'enrollment:manage', 'activity:read'],
  routes: [
    routeOwned(enrollmentContract.enroll, { actor: 'enrols nobody but the actor' }, ({ tx, tenant, actor, params }) => enrollment.enroll(tx, tenant, actor, params.courseId)),
    routeOwned(enrollmentContract.listMyEnrollments, { actor: 'lists the actor’s own' }, ({ tx, actor, query }) => enrollment.listMine(tx, actor, query)),
    routeOwned(enrollmentContract.listMemberEnrollments, { resource: enrollment.learnerForReading, notFound: 'identity.member_not_found', ownerId: (id: string) => id }, ({ tx, resource, query }) => enrollment.listOf(tx, resource, query)),
    routeOwned(enrollmentContract.getMyEnrollment, { actor: 'reads the actor’s own' }, ({ tx, actor, params }) => enrollment.myEnrollment(tx, actor, params.courseId)),
    routeOwned(enrollmentContract.getMyCourse, { actor: 'reads a course that the actor takes or may see' }, async ({ tx, actor, params }) => courseOf(tx, actor, await visibleCourse(tx, actor, params.courseId))),
    routeOwned(enrollmentContract.leave, ownEnrollment, ({ tx, resource }) => enrollment.leave(tx, resource)),
    routeOwned(enrollmentContract.moveToVersion, ownCourse, ({ tx, resource, body }) => move(tx, resource, body)),
    routeOwned(progressContract.completeLesson, ownEnrollment, ({ tx, resource, params }) => progress.completeLesson(tx, resource, params.lessonId)),
    routeOwned(progressContract.openLesson, ownEnrollment, ({ tx, resource, body }) => progress.openLesson(tx, resource, body.lessonId)),
    route(playerContract.getPlayer, ({ tx, actor, params, query }) => player.playerOutline(tx, actor, params.courseId, query.preview)),
    routeOwned(playerContract.listPlayers, { actor: 'lists the actor’s own' }, ({ tx, actor, query }) => player.listPlayers(tx, actor, query.limit)),
    route(playerContract.getPlayerLesson, ({ tx, actor, params, query }) => player.playerLesson(tx, actor, params.courseId, params.lessonId, query.preview)),
    route(playerContract.getCourseFile, ({ tx, actor, params }) => player.courseFile(tx, storage, actor, params.courseId, params.fileId)),
    routeOwned(positionContract.listPositions, { ...ownEnrollment, resource: enrollment.enrollmentForReading }, ({ tx, resource }) => position.listPositions(tx, resource)),
    routeOwned(noteContract.listNotes, { actor: 'lists the actor’s own' }, ({ tx, actor, query }) => note.listNotes(tx, actor, query)),
    routeOwned(noteContract.saveNote, { actor: 'writes under the actor’s own name' }, ({ tx, actor, params, body }) => note.saveNote(tx, enrollment.memberOf(actor), params.courseId, params.noteId, body, tx.now)),
    routeOwned(noteContract.removeNote, { actor: 'removes the actor’s own' }, ({ tx, actor, params }) => note.removeNote(tx, enrollment.memberOf(actor), params.noteId)),
    routeOwned(readingContract.getReadingPreference, { actor: 'reads the actor’s own' }, ({ tx, actor }) => reading.findPreference(tx, enrollment.memberOf(actor))),
    routeOwned(readingContract.setReadingPreference, { actor: 'keeps the actor’s own' }, ({ tx, actor, body }) => reading.keepPreference(tx, enrollment.memberOf(actor), body)),
    routeOwned(syncContract.syncEnrollment, ownEnrollment, ({ tx, resource, body, request }) => sync(tx, resource, body, request)),
    routeOwned(statisticsContract.listCourseStatistics, { actor: 'counts the courses that the actor may edit' }, ({ tx, actor }) => listStatistics(tx, actor)),
    routeOwned(statisticsContract.getCourseStatistics, ownCourse, ({ tx, tenant, resource, query }) => courseStatistics(tx, tenant, resource, query.days)),
    route(statisticsContract.getActivity, ({ tx, tenant, query }) => activity(tx, tenant, query.days)),
    routeOwned(statisticsContract.getTeachingAttention, { actor: 'looks through the courses that the actor may edit' }, ({ tx, actor }) => attention(tx, actor)),

    routeOwned(rosterContract.getRoster, ownCourse, ({ tx, resource, query }) => roster.roster(tx, resource, query)),
    routeOwned(rosterContract.exportRoster, ownCourse, ({ tx, resource, query }) => roster.exportRoster(tx, resource, query)),
    routeOwned(rosterContract.getRosterSummary, ownCourse, ({ tx, resource, query }) => roster.summary(tx, resource, query.stalledAfterDays)),
    routeOwned(rosterContract.getLearner, ownCourse, ({ tx, resource, params }) => roster.learner(tx, resource, params.memberId)),
    routeOwned(rosterContract.withdrawLearners, ownCourse, ({ tx, resource, body }) => roster.withdraw(tx, resource, body)),
    routeOwned(rosterContract.moveLearners, ownCourse, ({ tx, resource, body }) => roster.move(tx, resource, body)),

    route(cohortContract.listCohorts, ({ tx, actor, params }) => cohort.list(tx, actor, params.courseId)),
    routeOwned(cohortContract.createCohort, ownCourse, async ({ tx, resource, body, reply }) => withVersion(reply, await cohort.create(tx, resource, body))),
    routeOwned(cohortContract.updateCohort, ownCourse, async ({ tx, resource, params, body, request, reply }) => withVersion(reply, await cohort.update(tx, resource, params.cohortId, versionOf(request.ifMatch), body))),
    routeOwned(cohortContract.deleteCohort, ownCourse, ({ tx, resource, params }) => cohort.remove(tx, resource, params.cohortId)),
    routeOwned(cohortContract.joinCohort, { actor: 'enrols nobody but the actor' }, ({ tx, tenant, actor, params }) => cohort.join(tx, tenant, actor, params.courseId, params.cohortId)),

    routeOwned(bulkContract.uploadBulkEnrollment, ownCourse, ({ tx, tenant, resource, query, body }) => bulk.fromFile(tx, tenant, resource, body, query.name, query.cohortId ?? null)),
    routeOwned(bulkContract.pasteBulkEnrollment, ownCourse, ({ tx, tenant, resource, body }) => bulk.draft(tx, tenant, resource, body.text, '', body.cohortId)),
    routeOwned(bulkContract.listBulkEnrollments, ownCourse, ({ tx, resource, query }) => bulk.list(tx, resource, query)),
    routeOwned(bulkContract.getBulkEnrollment, ownCourse, ({ tx, resource, params }) => bulk.get(tx, resource, params.bulkEnrollmentId)),
    routeOwned(bulkContract.listBulkEnrollmentLines, ownCourse, ({ tx, resource, params, query }) => bulk.lines(tx, resource, params.bulkEnrollmentId, query)),
    routeOwned(bulkContract.exportBulkEnrollment, ownCourse, ({ tx, resource, params, query }) => bulk.report(tx, resource, params.bulkEnrollmentId, query.kind)),
    routeOwned(bulkContract.startBulkEnrollment, ownCourse, ({ tx, resource, params }) => bulk.start(tx, resource, params.bulkEnrollmentId)),
    routeOwned(bulkContract.discardBulkEnrollment, ownCourse, ({ tx, resource, params }) => bulk.discard(tx, resource, params.bulkEnrollmentId)),

    route(reviewContract.listReviews, ({ tx, actor, params, query }) => review.list(tx, actor, params.courseId, query)),
    routeOwned(reviewContract.getMyReview, { actor: 'reads the actor’s own' }, ({ tx, actor, params }) => review.mine(tx, actor, params.courseId)),
    routeOwned(reviewContract.putMyReview, { actor: 'writes under the actor’s own name' }, ({ tx, actor, params, body }) => review.put(tx, actor, params.courseId, body)),
    routeOwned(reviewContract.deleteMyReview, { actor: 'removes the actor’s own' }, ({ tx, actor, params }) => review.remove(tx, actor, params.courseId)),
    routeOwned(reviewContract.answerReview, ownCourse, ({ tx, actor, resource, params, body }) => review.answer(tx, actor, resource, params.reviewId, body.answer)),
    routeOwned(reviewContract.reportReview, { actor: 'notes what the actor says' }, ({ tx, actor, params, body }) => review.report(tx, actor, params.courseId, params.reviewId, body.reason)),
    route(reviewContract.listModeratedReviews, ({ tx, query }) => review.listToModerate(tx, query)),
    route(reviewContract.hideReview, ({ tx, params, body }) => review.hide(tx, params.reviewId, body.reason)),
    route(reviewContract.keepReview, ({ tx, params }) => review.keep(tx, params.reviewId)),

    route(listRecommendations, ({ tx, actor, query }) => recommend(tx, actor, query)),
  ],
  subscriptions: [...statisticsHandlers(dependencies.tenants), ...recommendationHandlers, ...bulkEnrollmentHandlers],
  jobs: [bulkEnrollmentJob(dependencies)],
  purges: {
    // Their words went at once; the id stays while a device may bring the note again.
    'learning.note': olderThan(365, 'learning.note', 'removedAt'),
    // It makes nobody count twice on a day; events of that day are all there by then.
    'learning.activeLearner': olderThan(90, 'learning.activeLearner', 'day'),
    // Names and addresses of people who may never have come: kept for the report, and until they join.
    'learning.bulkEnrollment': olderThan(90, 'learning.bulkEnrollment', 'createdAt', sql`status <> 'running'`),
  },
});
