import { can, Problem, problems as kernelProblems, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import { listFileIds } from '../file/queries.ts';
import { listAttachments } from '../lesson/queries.ts';
import { fillCourse, type CourseContent } from '../outline/fill.ts';
import { listDraft } from '../outline/queries.ts';
import { draftModules } from '../outline/rules.ts';
import { problems } from '../problems.ts';
import { listTexts } from '../readiness/queries.ts';
import type { Course } from './contract.ts';
import { create, getOwn } from './course.ts';
import type { CourseRow } from './queries.ts';
import { copyTitle } from './rules.ts';

/** A new draft of the actor's with the same content, files and rules. @throws Problem `kernel.forbidden` for who makes no courses, `kernel.limit_reached`. */
export async function duplicate(tx: Tx, tenant: Tenant, actor: Actor, course: CourseRow): Promise<Course> {
  if (!can(actor, 'course:create')) throw new Problem(kernelProblems.forbidden);
  const { title, summary, language, level, categoryId, tags, priceAmount, priceCurrency } = course;
  const { id } = await create(tx, tenant, actor, {
    title: copyTitle(title, language), summary, language, level, categoryId, tags, price: priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency },
  });
  await fillCourse(tx, id, await contentOf(tx, course.id));
  const { descriptionHtml, requiredShare, sequential, prerequisiteCourseIds, posterFileId, posterAlt } = course;
  await tx.updateTable('catalog.course').set({ descriptionHtml, requiredShare, sequential, prerequisiteCourseIds, posterFileId, posterAlt }).where('id', '=', id).execute();
  return getOwn(tx, actor, id);
}

/** The draft with links and prerequisites by place, as another course takes them. */
export async function contentOf(tx: Tx, courseId: string): Promise<CourseContent> {
  const modules = draftModules(await listDraft(tx, courseId));
  const [texts, fileIds] = [await listTexts(tx, courseId), await listFileIds(tx, courseId)];
  const places = new Map(modules.flatMap(({ lessons }, module) => lessons.map((lesson, at) => [lesson.id, `${module}/${at}`] as const)));
  const content: CourseContent = { modules: [], embedded: fileIds.map((fileId) => ({ fileId, name: '' })) };
  for (const { title, release, prerequisiteIds, lessons } of modules) {
    const copies: CourseContent['modules'][number]['lessons'] = [];
    for (const { id, version: _, ...lesson } of lessons) {
      const html = (texts.get(id)?.bodyHtml ?? '').replace(/milpa-lesson:([0-9a-f-]{36})/g, (whole, other: string) => (places.has(other) ? `milpa-lesson:${places.get(other)}` : whole));
      copies.push({ ...lesson, html, attachments: await listAttachments(tx, id) });
    }
    content.modules.push({ title, release, lessons: copies, prerequisites: prerequisiteIds.map((id) => modules.findIndex((module) => module.id === id)) });
  }
  return content;
}

/** What other modules keep about a course holds it: PostgreSQL's code for a reference that is still there. */
const isReferenced = (error: unknown) => (error as { code?: string }).code === '23503';

/** Deletes a draft that was never published. @throws Problem `catalog.course_in_use`. */
export async function remove(tx: Tx, course: CourseRow): Promise<void> {
  if (course.publishedVersionId !== null) throw new Problem(problems.course_in_use);
  await tx.updateTable('catalog.course').set((is) => ({ prerequisiteCourseIds: is.fn<string[]>('array_remove', ['prerequisiteCourseIds', is.cast<string>(is.val(course.id), 'uuid')]) }))
    .where((is) => is(is.val(course.id), '=', is.fn.any('prerequisiteCourseIds'))).execute();
  await tx.deleteFrom('catalog.course').where('id', '=', course.id).execute().catch((error: unknown) => {
    throw isReferenced(error) ? new Problem(problems.course_in_use, { cause: error }) : error;
  });
}
