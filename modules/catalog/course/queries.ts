import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { CourseStatus } from '../tables.ts';

const summaryColumns = [
  'id', 'slug', 'title', 'summary', 'language', 'level', 'status', 'categoryId', 'tags', 'priceAmount', 'priceCurrency', 'moduleCount', 'lessonCount', 'durationMinutes', 'publishedAt',
  'posterFileId', 'posterAlt', 'ratingCount', sql<number | null>`rating_average::float8`.as('ratingAverage'),
] as const;
const courseColumns = [
  ...summaryColumns, 'descriptionHtml', 'ownerMemberId', 'version', 'outlineVersion', 'contentVersion', 'publishedVersionId', 'requiredShare', 'sequential', 'prerequisiteCourseIds', 'createdAt', 'updatedAt',
] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a course is named by its id, not by its slug. */
export const isId = (key: string): boolean => uuid.test(key);

export type CourseRow = NonNullable<Awaited<ReturnType<typeof findCourse>>>;

/** A course by id or slug, whatever its state. */
export const findCourse = (tx: Tx, key: string) =>
  tx.selectFrom('catalog.course').select(courseColumns).where(uuid.test(key) ? 'id' : 'slug', '=', key).executeTakeFirst();

/** What decides who may know of a course, and the version that learners get. */
export const findCourseStanding = (tx: Tx, key: string) =>
  tx.selectFrom('catalog.course').select(['id', 'status', 'ownerMemberId', 'publishedVersionId']).where(uuid.test(key) ? 'id' : 'slug', '=', key).executeTakeFirst();

/** As `findCourse` by id, locked until the transaction ends. */
export const lockCourse = (tx: Tx, id: string) =>
  tx.selectFrom('catalog.course').select(courseColumns).where('id', '=', id).forUpdate().executeTakeFirst();

/** Published courses of these ids or of a category, the newest first. */
export function listPublished(tx: Tx, { ids, categoryId, limit }: { ids?: readonly string[]; categoryId?: string; limit: number }) {
  let query = tx.selectFrom('catalog.course').select(summaryColumns).where('status', '=', 'published').orderBy('publishedAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (categoryId !== undefined) query = query.where('categoryId', '=', categoryId);
  if (ids) query = query.where(sql<boolean>`id = any(${ids}::uuid[])`);
  return query.execute();
}

/** Courses in any state, of one owner or of all, the last changed first. */
export function listManaged(tx: Tx, ownerMemberId: string | null, status: CourseStatus | undefined, limit: number, after: readonly [updatedAt: string, id: string] | null) {
  let query = tx.selectFrom('catalog.course').select([...summaryColumns, 'updatedAt']).orderBy('updatedAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (ownerMemberId) query = query.where('ownerMemberId', '=', ownerMemberId);
  if (status) query = query.where('status', '=', status);
  if (after) query = query.where((where) => where(where.refTuple('updatedAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

export const countCourses = async (tx: Tx): Promise<number> =>
  (await tx.selectFrom('catalog.course').select((is) => is.fn.countAll<number>().as('count')).where('status', '<>', 'archived').executeTakeFirstOrThrow()).count;

export const findBySource = (tx: Tx, sourceDigest: string) =>
  tx.selectFrom('catalog.course').select(['id', 'slug', 'title', 'ownerMemberId']).where('sourceDigest', '=', sourceDigest).executeTakeFirst();

/** Which of the slugs `base`, `base-2`, … are taken. */
export const takenSlugs = async (tx: Tx, base: string): Promise<Set<string>> =>
  new Set((await tx.selectFrom('catalog.course').select('slug').where((where) => where.or([where('slug', '=', base), where('slug', 'like', `${base.replace(/[\\%_]/g, '\\$&')}-%`)])).execute()).map((row) => row.slug));

/** Courses by id, whatever their state. */
export const coursesByIds = async (tx: Tx, ids: readonly string[]) =>
  new Map(ids.length === 0 ? [] : (await tx.selectFrom('catalog.course').select(['id', 'slug', 'title', 'summary', 'language', 'durationMinutes', 'lessonCount', 'ownerMemberId', 'publishedVersionId', 'status', 'categoryId']).where('id', 'in', ids).execute()).map((row) => [row.id, row]));

/** Gives a course that belongs to nobody to a member; one that belongs to somebody stays theirs. */
export async function adoptCourse(tx: Tx, id: string, memberId: string): Promise<void> {
  await tx.updateTable('catalog.course').set({ ownerMemberId: memberId, version: sql`version + 1`, updatedAt: tx.now.toISOString() }).where('id', '=', id).where('ownerMemberId', 'is', null).execute();
}

/** What each course asks for before it, where it asks for something. */
export const prerequisitesOfAll = async (tx: Tx): Promise<Map<string, readonly string[]>> =>
  new Map((await tx.selectFrom('catalog.course').select(['id', 'prerequisiteCourseIds']).where(sql<boolean>`prerequisite_course_ids <> '{}'`).execute()).map((row) => [row.id, row.prerequisiteCourseIds]));
