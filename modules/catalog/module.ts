import { defineModule, route, routeKept, routeOwned, versionOf, withVersion, type Module } from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import * as category from './category/category.ts';
import * as categoryContract from './category/contract.ts';
import * as courseContract from './course/contract.ts';
import * as copy from './course/copy.ts';
import * as course from './course/course.ts';
import * as publication from './course/publication.ts';
import type { CourseRow } from './course/queries.ts';
import * as fileContract from './file/contract.ts';
import * as file from './file/file.ts';
import * as lessonContract from './lesson/contract.ts';
import * as lesson from './lesson/lesson.ts';
import * as outlineContract from './outline/contract.ts';
import * as outline from './outline/outline.ts';
import { problems } from './problems.ts';
import * as readinessContract from './readiness/contract.ts';
import { readinessOf } from './readiness/readiness.ts';
import * as reviewContract from './review/contract.ts';
import * as review from './review/review.ts';
import * as searchContract from './search/contract.ts';
import { refreshSearchJob, type SearchDeps } from './search/job.ts';
import { catalogVersion } from './search/queries.ts';
import * as search from './search/search.ts';
import * as versionContract from './version/contract.ts';
import { thinHistory } from './version/queries.ts';
import * as version from './version/version.ts';

/** What everybody who may read courses sees of the catalogue holds until something in it changes. */
const shown = { name: 'catalog', version: catalogVersion };

const ownCourse = {
  resource: course.courseForChange, notFound: problems.course_not_found, ownerId: (row: CourseRow) => row.ownerMemberId, isVisible: course.maySeeCourse,
};
const readOwnCourse = { ...ownCourse, resource: course.courseForReading };

export const catalogModule = ({ storage, ...searching }: { storage: Storage } & SearchDeps): Module => defineModule({
  name: 'catalog',
  memberData: {
    'catalog.course': { owner_member_id: ['record', 'move'] },
    'catalog.lesson': { member_id: ['mark', 'stay'] },
    'catalog.lesson_revision': { member_id: ['mark', 'stay'] },
    'catalog.course_version': { member_id: ['mark', 'stay'] },
    'catalog.course_review': { requested_by: ['record', 'move'], decided_by: ['mark', 'stay'] },
  },
  feature: 'catalog',
  permissions: [
    'course:read', 'course:create', 'course:update', 'course:update:own', 'course:publish', 'course:publish:own', 'course:archive', 'course:archive:own', 'course:review', 'category:manage',
  ],
  visitorPermissions: ['course:read'],
  supportPermissions: ['course:read', 'course:update', 'course:publish', 'course:archive', 'category:manage'],
  jobs: [refreshSearchJob(searching)],
  purges: { 'catalog.history': thinHistory },
  routes: [
    routeKept(searchContract.listCourses, { ...shown, key: ({ query }, tenant) => (query.cursor ? null : tenant.currency) }, ({ tx, tenant, query }) => search.list(tx, tenant, query)),
    routeKept(searchContract.countCourseFacets, { ...shown, key: (_, tenant) => tenant.currency }, ({ tx, tenant, query }) => search.countFacets(tx, tenant, query)),
    routeKept(searchContract.suggestCourses, { ...shown, key: () => '' }, ({ tx, query }) => search.suggest(tx, query)),
    routeKept(searchContract.listRelatedCourses, { ...shown, key: () => '' }, ({ tx, params }) => search.related(tx, params.courseId)),
    route(searchContract.listCourseAddresses, ({ tx, query }) => search.addresses(tx, query)),
    routeOwned(courseContract.listManagedCourses, { actor: 'lists the courses that are the actor’s own, or all' }, ({ tx, actor, query }) => course.listMine(tx, actor, query)),
    route(courseContract.getCourse, async ({ tx, actor, params, reply }) => withVersion(reply, await course.getCourse(tx, actor, params.courseId))),
    route(courseContract.createCourse, async ({ tx, tenant, actor, body, reply }) => withVersion(reply, await course.create(tx, tenant, actor, body))),
    routeOwned(courseContract.updateCourse, ownCourse, async ({ tx, actor, resource, body, request, reply }) => withVersion(reply, await course.update(tx, actor, resource, versionOf(request.ifMatch), body))),
    routeOwned(courseContract.publishCourse, ownCourse, async ({ tx, tenant, actor, resource, body, reply }) => withVersion(reply, await publication.publish(tx, tenant, actor, resource, body.note))),
    routeOwned(courseContract.archiveCourse, ownCourse, async ({ tx, actor, resource, reply }) => withVersion(reply, await publication.archive(tx, actor, resource))),
    routeOwned(courseContract.duplicateCourse, ownCourse, async ({ tx, tenant, actor, resource, reply }) => withVersion(reply, await copy.duplicate(tx, tenant, actor, resource))),
    routeOwned(courseContract.deleteCourse, ownCourse, ({ tx, resource }) => copy.remove(tx, resource)),

    route(outlineContract.getOutline, ({ tx, actor, params }) => outline.visibleOutline(tx, actor, params.courseId)),
    routeOwned(outlineContract.getDraft, readOwnCourse, async ({ tx, resource, reply }) => withVersion(reply, await outline.draftOf(tx, resource.id))),
    routeOwned(outlineContract.updateCourseRules, ownCourse, async ({ tx, resource, body, request, reply }) => withVersion(reply, await outline.updateRules(tx, resource, versionOf(request.ifMatch), body))),
    routeOwned(outlineContract.addModule, ownCourse, ({ tx, resource, body }) => outline.addModule(tx, resource, body.title)),
    routeOwned(outlineContract.updateModule, ownCourse, ({ tx, resource, params, body }) => outline.updateModule(tx, resource, params.moduleId, body)),
    routeOwned(outlineContract.removeModule, ownCourse, ({ tx, resource, params }) => outline.removeModule(tx, resource, params.moduleId)),
    routeOwned(outlineContract.restoreModule, ownCourse, async ({ tx, resource, params, reply }) => withVersion(reply, await outline.restoreModule(tx, resource, params.moduleId))),
    routeOwned(outlineContract.removeLesson, ownCourse, ({ tx, resource, params }) => outline.removeLesson(tx, resource, params.lessonId)),
    routeOwned(outlineContract.restoreLesson, ownCourse, async ({ tx, resource, params, reply }) => withVersion(reply, await outline.restoreLesson(tx, resource, params.lessonId))),
    routeOwned(outlineContract.moveLesson, ownCourse, async ({ tx, resource, params, body, reply }) => withVersion(reply, await outline.moveLesson(tx, resource, params.lessonId, body))),
    routeOwned(outlineContract.reorderOutline, ownCourse, async ({ tx, resource, body, request, reply }) => withVersion(reply, await outline.reorder(tx, resource, versionOf(request.ifMatch), body))),

    routeOwned(lessonContract.addLesson, ownCourse, async ({ tx, resource, params, body, reply }) => withVersion(reply, await lesson.addLesson(tx, resource, params.moduleId, body))),
    routeOwned(lessonContract.getManagedLesson, readOwnCourse, async ({ tx, resource, params, reply }) => withVersion(reply, await lesson.managedLesson(tx, resource.id, params.lessonId))),
    routeOwned(lessonContract.updateLesson, ownCourse, async ({ tx, resource, params, body, request, reply }) => withVersion(reply, await lesson.updateLesson(tx, resource, params.lessonId, versionOf(request.ifMatch), body))),
    routeOwned(lessonContract.duplicateLesson, ownCourse, async ({ tx, resource, params, reply }) => withVersion(reply, await lesson.duplicateLesson(tx, resource, params.lessonId))),
    routeOwned(lessonContract.listRevisions, readOwnCourse, ({ tx, resource, params, query }) => lesson.listRevisions(tx, resource, params.lessonId, query)),
    routeOwned(lessonContract.getRevision, readOwnCourse, ({ tx, resource, params }) => lesson.getRevision(tx, resource, params.lessonId, params.revisionId)),
    routeOwned(lessonContract.restoreRevision, ownCourse, async ({ tx, resource, params, request, reply }) => withVersion(reply, await lesson.restoreRevision(tx, resource, params.lessonId, params.revisionId, versionOf(request.ifMatch)))),

    routeOwned(fileContract.uploadCourseFile, ownCourse, ({ tx, tenant, resource, body }) => file.upload(tx, tenant, storage, resource, body)),
    routeOwned(fileContract.listCourseFiles, readOwnCourse, ({ tx, resource }) => file.list(tx, resource)),
    routeOwned(fileContract.deleteCourseFile, ownCourse, ({ tx, resource, params }) => file.remove(tx, resource, params.fileId)),
    routeOwned(fileContract.addAttachment, ownCourse, ({ tx, resource, params, body }) => file.attach(tx, resource, params.lessonId, body)),
    routeOwned(fileContract.renameAttachment, ownCourse, ({ tx, resource, params, body }) => file.rename(tx, resource, params.lessonId, params.attachmentId, body.name)),
    routeOwned(fileContract.removeAttachment, ownCourse, ({ tx, resource, params }) => file.detach(tx, resource, params.lessonId, params.attachmentId)),
    routeOwned(fileContract.reorderAttachments, ownCourse, ({ tx, resource, params, body }) => file.reorder(tx, resource, params.lessonId, body.attachmentIds)),

    routeOwned(versionContract.listVersions, readOwnCourse, ({ tx, resource, query }) => version.list(tx, resource, query)),
    routeOwned(versionContract.getVersion, readOwnCourse, ({ tx, resource, params }) => version.get(tx, resource, params.versionId)),
    routeOwned(versionContract.getVersionLesson, readOwnCourse, ({ tx, resource, params }) => version.getLesson(tx, resource, params.versionId, params.lessonId)),
    routeOwned(versionContract.saveVersion, ownCourse, ({ tx, resource, body }) => version.save(tx, resource, body.note)),
    routeOwned(versionContract.compareVersion, readOwnCourse, ({ tx, resource, params, query }) => version.compare(tx, resource, params.versionId, query.to)),
    routeOwned(versionContract.restoreVersion, ownCourse, ({ tx, resource, params }) => version.restore(tx, resource, params.versionId)),

    routeOwned(readinessContract.getReadiness, readOwnCourse, ({ tx, resource }) => readinessOf(tx, resource)),

    routeOwned(reviewContract.requestReview, ownCourse, ({ tx, tenant, resource, body }) => review.request(tx, tenant, resource, body.note)),
    routeOwned(reviewContract.withdrawReview, ownCourse, ({ tx, resource }) => review.withdraw(tx, resource)),
    route(reviewContract.listWaitingReviews, ({ tx, query }) => review.listWaitingCourses(tx, query)),
    route(reviewContract.returnReview, ({ tx, params, body }) => review.giveBack(tx, params.courseId, body)),
    route(reviewContract.approveReview, ({ tx, tenant, params, body }) => review.approve(tx, tenant, params.courseId, body.versionId)),

    routeKept(categoryContract.listCategories, { ...shown, key: () => '' }, ({ tx }) => category.list(tx)),
    route(categoryContract.createCategory, ({ tx, body }) => category.create(tx, body)),
    route(categoryContract.updateCategory, ({ tx, params, body }) => category.update(tx, params.categoryId, body)),
    route(categoryContract.listManagedCategories, ({ tx }) => category.listManaged(tx)),
    route(categoryContract.moveCategory, ({ tx, params, body }) => category.move(tx, params.categoryId, body.direction)),
    route(categoryContract.mergeCategory, ({ tx, params, body }) => category.merge(tx, params.categoryId, body.intoId)),
    route(categoryContract.deleteCategory, ({ tx, params, query }) => category.remove(tx, params.categoryId, query.contents)),
  ],
});
