import { lock, present, Problem, problems as kernelProblems, type Actor, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { maySeeCourse } from '../course/course.ts';
import { coursesByIds, findCourse, isId, prerequisitesOfAll, type CourseRow } from '../course/queries.ts';
import { findLessonRow } from '../lesson/queries.ts';
import { problems } from '../problems.ts';
import { lastReview } from '../review/review.ts';
import { findVersionSummary } from '../version/queries.ts';
import type * as contract from './contract.ts';
import type { CourseDraft, DraftModule, OutlineModule } from './contract.ts';
import { draftChanged, findModule, findPublishedOutline, listDraft, listModules, listRemovedLessons, makeRoom, nextModulePosition, place } from './queries.ts';
import { draftModules, inCircle, isReordering } from './rules.ts';

/** Modules and lessons as learners get them; of a course that was never published, the draft. @throws Problem `catalog.course_not_found` as `getCourse`. */
export async function visibleOutline(tx: Tx, actor: Actor, key: string): Promise<{ modules: OutlineModule[] }> {
  const course = await findPublishedOutline(tx, key, isId(key));
  if (!course || !maySeeCourse(actor, course)) throw new Problem(problems.course_not_found);
  return { modules: course.outline?.modules ?? draftModules(await listDraft(tx, course.id)) };
}

/** The same for who knows already that the course may be seen. */
export async function outlineOf(tx: Tx, courseId: string): Promise<OutlineModule[]> {
  return (await findPublishedOutline(tx, courseId, true))?.outline?.modules ?? draftModules(await listDraft(tx, courseId));
}

/** What authors work on. */
export async function draftOf(tx: Tx, courseId: string): Promise<CourseDraft> {
  const course = await findCourse(tx, courseId);
  if (!course) throw new Problem(problems.course_not_found);
  const [rows, modules, lessons, published, prerequisites, review] = await Promise.all([
    listDraft(tx, courseId), listModules(tx, courseId), listRemovedLessons(tx, courseId), course.publishedVersionId ? findVersionSummary(tx, courseId, course.publishedVersionId) : undefined,
    coursesByIds(tx, course.prerequisiteCourseIds), lastReview(tx, courseId),
  ]);
  const gone = modules.filter((module) => module.removedAt !== null);
  return {
    version: course.outlineVersion, requiredShare: course.requiredShare, sequential: course.sequential,
    prerequisiteCourses: course.prerequisiteCourseIds.flatMap((id) => prerequisites.get(id) ?? []).map(({ id, slug, title }) => ({ id, slug, title })),
    modules: draftModules(rows),
    removed: {
      modules: gone.map(({ id, title, removedAt }) => ({ id, title, removedAt: removedAt!, lessonCount: lessons.filter((lesson) => lesson.moduleId === id && lesson.removedAt === null).length }))
        .sort((a, b) => (a.removedAt < b.removedAt ? 1 : -1)),
      lessons: lessons.flatMap(({ removedAt, ...lesson }) => (removedAt === null || gone.some(({ id }) => id === lesson.moduleId) ? [] : [{ ...lesson, removedAt }])),
    },
    published: published?.publishedAt ? { id: published.id, number: published.number, publishedAt: published.publishedAt } : null,
    changed: published?.contentVersion !== course.contentVersion,
    review,
  };
}

export async function addModule(tx: Tx, course: CourseRow, title: string): Promise<DraftModule> {
  const { id } = await tx.insertInto('catalog.courseModule').values({ courseId: course.id, title, position: await nextModulePosition(tx, course.id) }).returning('id').executeTakeFirstOrThrow();
  await draftChanged(tx, course.id, { structure: true });
  return { id, title, release: { kind: 'always' }, prerequisiteIds: [], lessons: [] };
}

/** @throws Problem `catalog.module_not_found`, `catalog.prerequisite_circle`. */
export async function updateModule(tx: Tx, course: CourseRow, moduleId: string, input: Input<typeof contract.updateModule>['body']): Promise<Omit<DraftModule, 'lessons'>> {
  const before = await requireModule(tx, course.id, moduleId);
  if (input.prerequisiteIds) await requireOrder(tx, course.id, moduleId, input.prerequisiteIds);
  const after = { title: before.title, release: before.release, prerequisiteIds: before.prerequisiteIds, ...present(input) };
  await tx.updateTable('catalog.courseModule').set(after).where('id', '=', moduleId).execute();
  await draftChanged(tx, course.id, { structure: true });
  return { id: moduleId, ...after };
}

async function requireModule(tx: Tx, courseId: string, id: string) {
  const module = await findModule(tx, courseId, id);
  if (!module || module.removedAt !== null) throw new Problem(problems.module_not_found);
  return module;
}

async function requireOrder(tx: Tx, courseId: string, moduleId: string, prerequisiteIds: readonly string[]): Promise<void> {
  const modules = await listModules(tx, courseId);
  const after = new Map<string, readonly string[]>(modules.map((module) => [module.id, module.prerequisiteIds]));
  if (!prerequisiteIds.every((id) => after.has(id))) throw new Problem(problems.module_not_found);
  if (inCircle(after.set(moduleId, prerequisiteIds)).includes(moduleId)) throw new Problem(problems.prerequisite_circle);
}

/** @throws Problem `catalog.module_not_found`. */
export async function removeModule(tx: Tx, course: CourseRow, moduleId: string): Promise<void> {
  await requireModule(tx, course.id, moduleId);
  await tx.updateTable('catalog.courseModule').set({ removedAt: tx.now.toISOString() }).where('id', '=', moduleId).execute();
  await draftChanged(tx, course.id, { structure: true });
}

/** @throws Problem `catalog.module_not_found`. */
export async function restoreModule(tx: Tx, course: CourseRow, moduleId: string): Promise<CourseDraft> {
  const module = await findModule(tx, course.id, moduleId);
  if (!module) throw new Problem(problems.module_not_found);
  if (module.removedAt !== null) {
    await makeRoom(tx, 'course_module', course.id, module.position);
    await tx.updateTable('catalog.courseModule').set({ removedAt: null }).where('id', '=', moduleId).execute();
    await draftChanged(tx, course.id, { structure: true });
  }
  return draftOf(tx, course.id);
}

/** @throws Problem `catalog.lesson_not_found`. */
export async function removeLesson(tx: Tx, course: CourseRow, lessonId: string): Promise<void> {
  const row = await tx.updateTable('catalog.lesson').set({ removedAt: tx.now.toISOString() }).where('courseId', '=', course.id).where('id', '=', lessonId).where('removedAt', 'is', null).returning('id').executeTakeFirst();
  if (!row) throw new Problem(problems.lesson_not_found);
  await draftChanged(tx, course.id, { structure: true });
}

/** Also brings back the module that it was in. @throws Problem `catalog.lesson_not_found`. */
export async function restoreLesson(tx: Tx, course: CourseRow, lessonId: string): Promise<CourseDraft> {
  const lesson = await findLessonRow(tx, course.id, lessonId);
  if (!lesson) throw new Problem(problems.lesson_not_found);
  if (lesson.removedAt !== null) {
    await makeRoom(tx, 'lesson', lesson.moduleId, lesson.position);
    await tx.updateTable('catalog.lesson').set({ removedAt: null }).where('id', '=', lessonId).execute();
    await draftChanged(tx, course.id, { structure: true });
  }
  return restoreModule(tx, course, lesson.moduleId);
}

/** @throws Problem `catalog.lesson_not_found`, `catalog.module_not_found`. */
export async function moveLesson(tx: Tx, course: CourseRow, lessonId: string, { moduleId, afterLessonId }: Input<typeof contract.moveLesson>['body']): Promise<CourseDraft> {
  const modules = draftModules(await listDraft(tx, course.id));
  const target = modules.find(({ id }) => id === moduleId);
  if (!target) throw new Problem(problems.module_not_found);
  if (!modules.some(({ lessons }) => lessons.some(({ id }) => id === lessonId))) throw new Problem(problems.lesson_not_found);
  const order = modules.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id).filter((other) => other !== lessonId) }));
  const siblings = order.find(({ id }) => id === moduleId)!.lessonIds;
  const at = afterLessonId === null ? 0 : siblings.indexOf(afterLessonId) + 1;
  if (afterLessonId !== null && at === 0) throw new Problem(problems.lesson_not_found);
  siblings.splice(at, 0, lessonId);
  await place(tx, course.id, order);
  await draftChanged(tx, course.id, { structure: true });
  return draftOf(tx, course.id);
}

/** Puts everything into the order given, which must name all of it. @throws Problem `catalog.outline_mismatch`, `kernel.version_conflict`. */
export async function reorder(tx: Tx, course: CourseRow, version: number, input: Input<typeof contract.reorderOutline>['body']): Promise<CourseDraft> {
  if (course.outlineVersion !== version) throw new Problem(kernelProblems.version_conflict);
  const modules = draftModules(await listDraft(tx, course.id));
  if (!isReordering(input.modules, modules.map(({ id }) => id), modules.flatMap(({ lessons }) => lessons.map(({ id }) => id)))) throw new Problem(problems.outline_mismatch);
  await place(tx, course.id, input.modules);
  await draftChanged(tx, course.id, { structure: true });
  return draftOf(tx, course.id);
}

/** @throws Problem `kernel.version_conflict`, `catalog.course_not_found` for an unknown prerequisite, `catalog.prerequisite_circle`. */
export async function updateRules(tx: Tx, course: CourseRow, version: number, input: Input<typeof contract.updateCourseRules>['body']): Promise<CourseDraft> {
  if (course.outlineVersion !== version) throw new Problem(kernelProblems.version_conflict);
  const { prerequisiteCourseIds, ...rules } = input;
  if (prerequisiteCourseIds) await requireCourseOrder(tx, course.id, prerequisiteCourseIds);
  if (Object.keys(input).length > 0) await tx.updateTable('catalog.course').set({ ...present(input), ...(prerequisiteCourseIds && { prerequisiteCourseIds: [...new Set(prerequisiteCourseIds)] }) }).where('id', '=', course.id).execute();
  const learnersSee = (rules.requiredShare ?? course.requiredShare) !== course.requiredShare || (rules.sequential ?? course.sequential) !== course.sequential;
  if (learnersSee) await draftChanged(tx, course.id, { structure: true });
  else await tx.updateTable('catalog.course').set({ outlineVersion: sql`outline_version + 1` }).where('id', '=', course.id).execute();
  return draftOf(tx, course.id);
}

/** Courses are put in an order one at a time in a tenant, so that no two changes make a circle. */
async function requireCourseOrder(tx: Tx, courseId: string, prerequisiteIds: readonly string[]): Promise<void> {
  await lock(tx, 'catalog.prerequisites');
  if ((await coursesByIds(tx, prerequisiteIds)).size !== new Set(prerequisiteIds).size) throw new Problem(problems.course_not_found);
  if (inCircle((await prerequisitesOfAll(tx)).set(courseId, prerequisiteIds)).includes(courseId)) throw new Problem(problems.prerequisite_circle);
}
