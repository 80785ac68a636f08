import { defineModule, route, routeOwned, versionOf, withVersion, type Module } from '@milpa/kernel';
import * as category from './category/category.ts';
import * as categoryContract from './category/contract.ts';
import * as courseContract from './course/contract.ts';
import * as course from './course/course.ts';
import type { CourseRow } from './course/queries.ts';
import * as outlineContract from './outline/contract.ts';
import * as outline from './outline/outline.ts';
import { problems } from './problems.ts';

const ownCourse = {
  resource: course.courseForChange, notFound: problems.course_not_found, ownerId: (row: CourseRow) => row.ownerMemberId, isVisible: course.maySeeCourse,
};

export const catalogModule: Module = defineModule({
  name: 'catalog',
  feature: 'catalog',
  permissions: [
    'course:read', 'course:create', 'course:update', 'course:update:own', 'course:publish', 'course:publish:own', 'course:archive', 'course:archive:own', 'category:manage',
  ],
  visitorPermissions: ['course:read'],
  routes: [
    route(courseContract.listCourses, ({ tx, query }) => course.list(tx, query)),
    routeOwned(courseContract.listManagedCourses, { actor: 'lists the courses that are the actor’s own, or all' }, ({ tx, actor, query }) => course.listMine(tx, actor, query)),
    route(courseContract.getCourse, async ({ tx, actor, params, reply }) => withVersion(reply, await course.getCourse(tx, actor, params.courseId))),
    route(courseContract.createCourse, async ({ tx, tenant, actor, body, reply }) => withVersion(reply, await course.create(tx, tenant, actor, body))),
    routeOwned(courseContract.updateCourse, ownCourse, async ({ tx, actor, resource, body, request, reply }) => withVersion(reply, await course.update(tx, actor, resource, versionOf(request.ifMatch), body))),
    routeOwned(courseContract.publishCourse, ownCourse, async ({ tx, actor, resource, reply }) => withVersion(reply, await course.changeStatus(tx, actor, resource, 'publish'))),
    routeOwned(courseContract.archiveCourse, ownCourse, async ({ tx, actor, resource, reply }) => withVersion(reply, await course.changeStatus(tx, actor, resource, 'archive'))),

    route(outlineContract.getOutline, ({ tx, actor, params }) => outline.visibleOutline(tx, actor, params.courseId)),
    routeOwned(outlineContract.addModule, ownCourse, ({ tx, resource, body }) => outline.addModule(tx, resource, body.title)),
    routeOwned(outlineContract.renameModule, ownCourse, ({ tx, resource, params, body }) => outline.renameModule(tx, resource, params.moduleId, body.title)),
    routeOwned(outlineContract.removeModule, ownCourse, ({ tx, resource, params }) => outline.removeModule(tx, resource, params.moduleId)),
    routeOwned(outlineContract.addLesson, ownCourse, async ({ tx, resource, params, body, reply }) => withVersion(reply, await outline.addLesson(tx, resource, params.moduleId, body))),
    routeOwned(outlineContract.getManagedLesson, { ...ownCourse, resource: course.courseForReading }, async ({ tx, resource, params, reply }) => withVersion(reply, await outline.managedLesson(tx, resource.id, params.lessonId))),
    routeOwned(outlineContract.updateLesson, ownCourse, async ({ tx, resource, params, body, request, reply }) => withVersion(reply, await outline.updateLesson(tx, resource, params.lessonId, versionOf(request.ifMatch), body))),
    routeOwned(outlineContract.removeLesson, ownCourse, ({ tx, resource, params }) => outline.removeLesson(tx, resource, params.lessonId)),
    routeOwned(outlineContract.reorderOutline, ownCourse, ({ tx, resource, body, request }) => outline.reorder(tx, resource, versionOf(request.ifMatch), body)),

    route(categoryContract.listCategories, ({ tx }) => category.list(tx)),
    route(categoryContract.createCategory, ({ tx, body }) => category.create(tx, body)),
    route(categoryContract.updateCategory, ({ tx, params, body }) => category.update(tx, params.categoryId, body)),
    route(categoryContract.deleteCategory, ({ tx, params }) => category.remove(tx, params.categoryId)),
  ],
});
