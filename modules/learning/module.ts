import { defineModule, route, routeOwned, type Module } from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import './tables.ts';
import * as enrollmentContract from './enrollment/contract.ts';
import * as enrollment from './enrollment/enrollment.ts';
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
import * as statisticsContract from './statistics/contract.ts';
import { listStatistics, statisticsHandlers } from './statistics/statistics.ts';
import * as syncContract from './sync/contract.ts';
import { sync } from './sync/sync.ts';

const ownEnrollment = { resource: enrollment.enrollmentForChange, notFound: problems.enrollment_not_found, ownerId: (row: EnrollmentRow) => row.memberId };

export const learningModule = ({ storage }: { storage: Storage }): Module => defineModule({
  name: 'learning',
  feature: 'learning',
  permissions: ['enrollment:create:own', 'enrollment:read:own', 'enrollment:read', 'enrollment:leave:own', 'progress:update:own', 'note:manage:own'],
  routes: [
    routeOwned(enrollmentContract.enroll, { actor: 'enrols nobody but the actor' }, ({ tx, tenant, actor, params }) => enrollment.enroll(tx, tenant, actor, params.courseId)),
    routeOwned(enrollmentContract.listMyEnrollments, { actor: 'lists the actor’s own' }, ({ tx, actor, query }) => enrollment.listMine(tx, actor, query)),
    routeOwned(enrollmentContract.getMyEnrollment, { actor: 'reads the actor’s own' }, ({ tx, actor, params }) => enrollment.myEnrollment(tx, actor, params.courseId)),
    routeOwned(enrollmentContract.leave, ownEnrollment, ({ tx, resource }) => enrollment.leave(tx, resource)),
    routeOwned(progressContract.completeLesson, ownEnrollment, ({ tx, resource, params }) => progress.completeLesson(tx, resource, params.lessonId)),
    routeOwned(progressContract.openLesson, ownEnrollment, ({ tx, resource, body }) => progress.openLesson(tx, resource, body.lessonId)),
    route(playerContract.getPlayer, ({ tx, actor, params }) => player.playerOutline(tx, actor, params.courseId)),
    route(playerContract.getPlayerLesson, ({ tx, actor, params }) => player.playerLesson(tx, actor, params.courseId, params.lessonId)),
    route(playerContract.getCourseFile, ({ tx, actor, params }) => player.courseFile(tx, storage, actor, params.courseId, params.fileId)),
    routeOwned(positionContract.listPositions, { ...ownEnrollment, resource: enrollment.enrollmentForReading }, ({ tx, resource }) => position.listPositions(tx, resource)),
    routeOwned(noteContract.listNotes, { actor: 'lists the actor’s own' }, ({ tx, actor, query }) => note.listNotes(tx, actor, query)),
    routeOwned(noteContract.saveNote, { actor: 'writes under the actor’s own name' }, ({ tx, actor, params, body }) => note.saveNote(tx, enrollment.memberOf(actor), params.courseId, params.noteId, body, tx.now)),
    routeOwned(noteContract.removeNote, { actor: 'removes the actor’s own' }, ({ tx, actor, params }) => note.removeNote(tx, enrollment.memberOf(actor), params.noteId)),
    routeOwned(readingContract.getReadingPreference, { actor: 'reads the actor’s own' }, ({ tx, actor }) => reading.findPreference(tx, enrollment.memberOf(actor))),
    routeOwned(readingContract.setReadingPreference, { actor: 'keeps the actor’s own' }, ({ tx, actor, body }) => reading.keepPreference(tx, enrollment.memberOf(actor), body)),
    routeOwned(syncContract.syncEnrollment, ownEnrollment, ({ tx, resource, body, request }) => sync(tx, resource, body, request)),
    routeOwned(statisticsContract.listCourseStatistics, { actor: 'counts the courses that the actor may edit' }, ({ tx, actor }) => listStatistics(tx, actor)),
  ],
  subscriptions: statisticsHandlers,
});
