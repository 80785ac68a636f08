import { abilitiesOf, can, decodeCursor, lock, present, Problem, problems as kernelProblems, requireRoom, slugify, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { memberNames } from '@milpa/identity';
import { sql } from 'kysely';
import { findCategory } from '../category/queries.ts';
import { findFile, kindOf } from '../file/file.ts';
import { fileAddresses, fileReferences, sanitizeHtml } from '../html.ts';
import { problems } from '../problems.ts';
import { refreshSearch } from '../search/refresh.ts';
import type { Course, CourseSummary, createCourse, listManagedCourses, updateCourse } from './contract.ts';
import { countCourses, coursesByIds, findCourse, listManaged, listPublished, lockCourse, takenSlugs, type CourseRow } from './queries.ts';
import { freeSlug } from './rules.ts';
import { summaryOf } from './summary.ts';

/** A course as its page shows it, to somebody who may see it. */
export async function courseOf(tx: Tx, actor: Actor, row: CourseRow): Promise<Course> {
  const before = row.prerequisiteCourseIds.length === 0 ? null : await coursesByIds(tx, row.prerequisiteCourseIds);
  const name = row.ownerMemberId === null ? undefined : (await memberNames(tx, [row.ownerMemberId])).get(row.ownerMemberId);
  return {
    ...summaryOf(row), instructor: name ? { name } : null, descriptionHtml: fileAddresses(row.descriptionHtml, row.id), abilities: abilitiesOf(actor, 'course', ['update', 'publish', 'archive', 'review'], row.ownerMemberId),
    prerequisites: row.prerequisiteCourseIds.flatMap((id) => before?.get(id) ?? []).map(({ id, slug, title }) => ({ id, slug, title })),
  };
}

/** Whether the actor may read the course's draft: it is theirs to work on, or to look at before it is published. */
export const mayReadDraft = (actor: Actor, course: { ownerMemberId: string | null }): boolean => can(actor, 'course:update', course.ownerMemberId) || can(actor, 'course:review');

/** Whether the actor may know of the course: it is published, or they may read its draft. */
export const maySeeCourse = (actor: Actor, course: { status: string; ownerMemberId: string | null }): boolean => course.status === 'published' || mayReadDraft(actor, course);

/** Whose courses the actor may edit: its own, or everybody's (null). */
function editableOwner(actor: Actor): string | null {
  if (actor.permissions.has('course:update')) return null;
  if (!actor.memberId) throw new Problem(kernelProblems.not_found);
  return actor.memberId;
}

export async function listMine(tx: Tx, actor: Actor, query: Input<typeof listManagedCourses>['query']): Promise<Output<typeof listManagedCourses>> {
  const own = editableOwner(actor);
  // Whoever may edit their own alone has none of somebody else's.
  if (own !== null && query.ownerMemberId !== undefined && query.ownerMemberId !== own) return toPage([], query.limit, () => []);
  const rows = await listManaged(tx, own ?? query.ownerMemberId ?? null, query.status, query.limit + 1, decodeCursor(query.cursor, ['string', 'string']));
  const { data, page } = toPage(rows, query.limit, (row) => [row.updatedAt, row.id]);
  return { data: data.map(summaryOf), page };
}

/** The first `limit` courses that the actor may edit, the last changed first. */
export const managedCourses = (tx: Tx, actor: Actor, limit: number) => listManaged(tx, editableOwner(actor), undefined, limit, null);

/** Published courses of these ids or of a category, for lists of other modules. */
export const publishedCourses = async (tx: Tx, filter: Parameters<typeof listPublished>[1]): Promise<CourseSummary[]> => filter.limit === 0 ? [] : (await listPublished(tx, filter)).map(summaryOf);

/** @throws Problem `catalog.course_not_found`, also for a draft that is not the actor's. */
export async function getCourse(tx: Tx, actor: Actor, key: string): Promise<Course> {
  const row = await findCourse(tx, key);
  if (!row || !maySeeCourse(actor, row)) throw new Problem(problems.course_not_found);
  return courseOf(tx, actor, row);
}

export type CourseInput = Input<typeof createCourse>['body'];

/** One at a time in a tenant, so that two at once cannot both take the last place or the same slug. @throws Problem `kernel.limit_reached`. */
export async function takeRoom(tx: Tx, tenant: Tenant): Promise<void> {
  await lock(tx, 'catalog.course');
  requireRoom(tenant, 'courses', await countCourses(tx));
}

/** Creates a draft that belongs to the actor. @throws Problem `kernel.limit_reached`, `catalog.category_not_found`. */
export async function create(tx: Tx, tenant: Tenant, actor: Actor, input: CourseInput, source: { ownerMemberId?: string | null; digest?: string } = {}): Promise<Course> {
  await takeRoom(tx, tenant);
  if (input.categoryId) await requireCategory(tx, input.categoryId);
  const base = slugify(input.title);
  const { id } = await tx.insertInto('catalog.course').values({
    slug: freeSlug(base, await takenSlugs(tx, base)), title: input.title, summary: input.summary ?? '', descriptionHtml: sanitizeHtml(input.descriptionHtml ?? ''),
    language: input.language, level: input.level ?? 'all', categoryId: input.categoryId ?? null, tags: input.tags ?? [],
    priceAmount: input.price?.amount ?? null, priceCurrency: input.price?.currency ?? null,
    ownerMemberId: source.ownerMemberId === undefined ? actor.memberId : source.ownerMemberId, sourceDigest: source.digest ?? null,
    createdAt: tx.now.toISOString(), updatedAt: tx.now.toISOString(), publishedAt: null,
  }).returning('id').executeTakeFirstOrThrow();
  return getOwn(tx, actor, id);
}

/** @throws Problem `kernel.version_conflict` when somebody changed it since `version` was read; `catalog.category_not_found`, `catalog.file_not_found`, `catalog.not_a_picture`. */
export async function update(tx: Tx, actor: Actor, course: CourseRow, version: number, input: Input<typeof updateCourse>['body']): Promise<Course> {
  if (input.categoryId) await requireCategory(tx, input.categoryId);
  if (input.poster) await requirePicture(tx, course.id, input.poster.fileId);
  const { price, descriptionHtml, poster, ...fields } = input;
  const changed = await tx.updateTable('catalog.course').set({
    ...present(fields),
    ...(descriptionHtml === undefined ? {} : { descriptionHtml: sanitizeHtml(fileReferences(descriptionHtml, course.id)) }),
    ...(price === undefined ? {} : { priceAmount: price?.amount ?? null, priceCurrency: price?.currency ?? null }),
    ...(poster === undefined ? {} : { posterFileId: poster?.fileId ?? null, posterAlt: poster?.alt ?? '' }),
    version: sql`version + 1`, updatedAt: tx.now.toISOString(),
  }).where('id', '=', course.id).where('version', '=', version).returning('id').executeTakeFirst();
  if (!changed) throw new Problem(kernelProblems.version_conflict);
  if (course.status === 'published') await refreshSearch(tx, course.id);
  return getOwn(tx, actor, course.id);
}

/** The course as its author gets it, read anew. */
export async function getOwn(tx: Tx, actor: Actor, id: string): Promise<Course> {
  const row = await findCourse(tx, id);
  if (!row) throw new Problem(problems.course_not_found);
  return courseOf(tx, actor, row);
}

async function requireCategory(tx: Tx, id: string): Promise<void> {
  if (!await findCategory(tx, id)) throw new Problem(problems.category_not_found);
}

async function requirePicture(tx: Tx, courseId: string, fileId: string): Promise<void> {
  const file = await findFile(tx, courseId, fileId);
  if (!file) throw new Problem(problems.file_not_found);
  if (kindOf(file.mediaType) !== 'picture') throw new Problem(problems.not_a_picture);
}

/** For endpoints that work on a course: the row, locked, or null. */
export const courseForChange = async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await lockCourse(tx, input.params.courseId) ?? null;

/** The same without the lock, for reading. */
export const courseForReading = async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await findCourse(tx, input.params.courseId) ?? null;
