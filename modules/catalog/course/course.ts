import { abilitiesOf, can, decodeCursor, emit, present, Problem, problems as kernelProblems, requireRoom, slugify, toPage, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { categoryBranch, findCategory } from '../category/queries.ts';
import { coursePublished } from '../events.ts';
import { fileAddresses, fileReferences, sanitizeHtml } from '../html.ts';
import { problems } from '../problems.ts';
import type { Course, CourseSummary, createCourse, listCourses, listManagedCourses, updateCourse } from './contract.ts';
import { countCourses, findCourse, listByTitle, listManaged, listNewest, lockCourse, searchVector, takenSlugs, type CourseRow } from './queries.ts';
import { freeSlug, refusalOf, type StatusChange } from './rules.ts';

type SummaryRow = Omit<CourseSummary, 'price'> & { priceAmount: number | null; priceCurrency: string | null };

function summaryOf<R extends SummaryRow>({ priceAmount, priceCurrency, ...row }: R) {
  return { ...row, price: priceAmount === null || priceCurrency === null ? null : { amount: priceAmount, currency: priceCurrency } };
}

const courseOf = (actor: Actor, row: CourseRow): Course =>
  ({ ...summaryOf(row), descriptionHtml: fileAddresses(row.descriptionHtml, row.id), abilities: abilitiesOf(actor, 'course', ['update', 'publish', 'archive'], row.ownerMemberId) });

/** Whether the actor may know of the course: it is published, or theirs to work on. */
export const maySeeCourse = (actor: Actor, course: { status: string; ownerMemberId: string | null }): boolean =>
  course.status === 'published' || can(actor, 'course:update', course.ownerMemberId);

export async function list(tx: Tx, query: Input<typeof listCourses>['query']): Promise<Output<typeof listCourses>> {
  const { limit, cursor, sort, category, ...rest } = query;
  const categoryIds = category === undefined ? undefined : await categoryBranch(tx, category);
  if (categoryIds?.length === 0) return { data: [], page: { next: null } };
  const filter = { ...rest, categoryIds };
  const after = decodeCursor(cursor, ['string', 'string']);
  const rows = sort === 'title' ? await listByTitle(tx, filter, limit + 1, after) : await listNewest(tx, filter, limit + 1, after);
  const { data, page } = toPage(rows, limit, (row) => [sort === 'title' ? row.title : row.publishedAt ?? '', row.id]);
  return { data: data.map(summaryOf), page };
}

/** Whose courses the actor may edit: its own, or everybody's (null). */
function editableOwner(actor: Actor): string | null {
  if (actor.permissions.has('course:update')) return null;
  if (!actor.memberId) throw new Problem(kernelProblems.not_found);
  return actor.memberId;
}

export async function listMine(tx: Tx, actor: Actor, query: Input<typeof listManagedCourses>['query']): Promise<Output<typeof listManagedCourses>> {
  const rows = await listManaged(tx, editableOwner(actor), query.status, query.limit + 1, decodeCursor(query.cursor, ['string', 'string']));
  const { data, page } = toPage(rows, query.limit, (row) => [row.updatedAt, row.id]);
  return { data: data.map(summaryOf), page };
}

/** The first `limit` courses that the actor may edit, the last changed first. */
export const managedCourses = (tx: Tx, actor: Actor, limit: number) => listManaged(tx, editableOwner(actor), undefined, limit, null);

/** @throws Problem `catalog.course_not_found`, also for a draft that is not the actor's. */
export async function getCourse(tx: Tx, actor: Actor, key: string): Promise<Course> {
  const row = await findCourse(tx, key);
  if (!row || !maySeeCourse(actor, row)) throw new Problem(problems.course_not_found);
  return courseOf(actor, row);
}

export type CourseInput = Input<typeof createCourse>['body'];

/** Creates a draft that belongs to the actor. @throws Problem `kernel.limit_reached`, `catalog.category_not_found`. */
export async function create(tx: Tx, tenant: Tenant, actor: Actor, input: CourseInput, source: { ownerMemberId?: string | null; digest?: string } = {}): Promise<Course> {
  // One at a time in a tenant, so that two at once cannot both take the last place or the same slug.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`catalog.course:${tenant.id}`}, 0))`.execute(tx);
  requireRoom(tenant, 'courses', await countCourses(tx));
  if (input.categoryId) await requireCategory(tx, input.categoryId);
  const base = slugify(input.title);
  const { id } = await tx.insertInto('catalog.course').values({
    slug: freeSlug(base, await takenSlugs(tx, base)), title: input.title, summary: input.summary ?? '', descriptionHtml: sanitizeHtml(input.descriptionHtml ?? ''),
    language: input.language, level: input.level ?? 'all', categoryId: input.categoryId ?? null, tags: input.tags ?? [],
    priceAmount: input.price?.amount ?? null, priceCurrency: input.price?.currency ?? null,
    ownerMemberId: source.ownerMemberId === undefined ? actor.memberId : source.ownerMemberId, sourceDigest: source.digest ?? null,
    search: searchVector({ title: input.title, tags: input.tags ?? [], summary: input.summary ?? '' }),
    createdAt: tx.now.toISOString(), updatedAt: tx.now.toISOString(), publishedAt: null,
  }).returning('id').executeTakeFirstOrThrow();
  return getOwn(tx, actor, id);
}

/** @throws Problem `kernel.version_conflict` when somebody changed it since `version` was read. */
export async function update(tx: Tx, actor: Actor, course: CourseRow, version: number, input: Input<typeof updateCourse>['body']): Promise<Course> {
  if (input.categoryId) await requireCategory(tx, input.categoryId);
  const { price, descriptionHtml, ...fields } = input;
  const changed = await tx.updateTable('catalog.course').set({
    ...present(fields),
    ...(descriptionHtml === undefined ? {} : { descriptionHtml: sanitizeHtml(fileReferences(descriptionHtml, course.id)) }),
    ...(price === undefined ? {} : { priceAmount: price?.amount ?? null, priceCurrency: price?.currency ?? null }),
    search: searchVector({ title: input.title ?? course.title, tags: input.tags ?? course.tags, summary: input.summary ?? course.summary }),
    version: sql`version + 1`, updatedAt: tx.now.toISOString(),
  }).where('id', '=', course.id).where('version', '=', version).returning('id').executeTakeFirst();
  if (!changed) throw new Problem(kernelProblems.version_conflict);
  return getOwn(tx, actor, course.id);
}

/** Publishes or archives; the course must be locked. @throws Problem of `refusalOf`. */
export async function changeStatus(tx: Tx, actor: Actor, course: CourseRow, change: StatusChange): Promise<Course> {
  const refusal = refusalOf(change, course);
  if (refusal) throw new Problem(problems[refusal]);
  const now = tx.now.toISOString();
  await tx.updateTable('catalog.course')
    .set({ status: change === 'publish' ? 'published' : 'archived', ...(change === 'publish' ? { publishedAt: now } : {}), version: sql`version + 1`, updatedAt: now })
    .where('id', '=', course.id).execute();
  if (change === 'publish') await emit(tx, coursePublished, { courseId: course.id });
  return getOwn(tx, actor, course.id);
}

async function getOwn(tx: Tx, actor: Actor, id: string): Promise<Course> {
  const row = await findCourse(tx, id);
  if (!row) throw new Problem(problems.course_not_found);
  return courseOf(actor, row);
}

async function requireCategory(tx: Tx, id: string): Promise<void> {
  if (!await findCategory(tx, id)) throw new Problem(problems.category_not_found);
}

/** For endpoints that work on a course: the row, locked, or null. */
export const courseForChange = async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await lockCourse(tx, input.params.courseId) ?? null;

/** The same without the lock, for reading. */
export const courseForReading = async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await findCourse(tx, input.params.courseId) ?? null;
