import { fold, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { CourseLevel, CourseStatus } from '../tables.ts';

const summaryColumns = [
  'id', 'slug', 'title', 'summary', 'language', 'level', 'status', 'categoryId', 'tags', 'priceAmount', 'priceCurrency', 'moduleCount', 'lessonCount', 'durationMinutes', 'publishedAt',
] as const;
const courseColumns = [...summaryColumns, 'descriptionHtml', 'ownerMemberId', 'version', 'createdAt', 'updatedAt'] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type CourseRow = NonNullable<Awaited<ReturnType<typeof findCourse>>>;

/** A course by id or slug, whatever its state. */
export const findCourse = (tx: Tx, key: string) =>
  tx.selectFrom('catalog.course').select(courseColumns).where(uuid.test(key) ? 'id' : 'slug', '=', key).executeTakeFirst();

/** What decides who may know of a course, and how many lessons it has. */
export const findCourseStanding = (tx: Tx, key: string) =>
  tx.selectFrom('catalog.course').select(['id', 'status', 'ownerMemberId', 'lessonCount']).where(uuid.test(key) ? 'id' : 'slug', '=', key).executeTakeFirst();

/** As `findCourse` by id, locked until the transaction ends. */
export const lockCourse = (tx: Tx, id: string) =>
  tx.selectFrom('catalog.course').select(courseColumns).where('id', '=', id).forUpdate().executeTakeFirst();

export interface CourseFilter {
  q?: string | undefined; categoryIds?: string[] | undefined; level?: CourseLevel | undefined; language?: string | undefined;
  price?: 'free' | 'paid' | undefined; tag?: string | undefined;
}

/** The text search of what a person typed: every word as a beginning. Null when there is no word in it. */
export function searchQuery(q: string): string | null {
  const words = fold(q).match(/[\p{L}\p{N}]+/gu);
  return words ? words.slice(0, 12).map((word) => `${word}:*`).join(' & ') : null;
}

function published(tx: Tx, filter: CourseFilter) {
  let query = tx.selectFrom('catalog.course').select(summaryColumns).where('status', '=', 'published');
  if (filter.categoryIds) query = query.where('categoryId', 'in', filter.categoryIds);
  if (filter.level) query = query.where('level', 'in', [filter.level, 'all']);
  // Spanish finds the Spanish of every country.
  if (filter.language) query = query.where(sql<boolean>`(language = ${filter.language} or language like ${`${filter.language}-%`})`);
  if (filter.price) query = query.where('priceAmount', filter.price === 'free' ? 'is' : 'is not', null);
  if (filter.tag) query = query.where(sql<boolean>`${filter.tag} = any(tags)`);
  const words = filter.q === undefined ? null : searchQuery(filter.q);
  if (words) query = query.where(sql<boolean>`search @@ to_tsquery('simple', ${words})`);
  return query;
}

/** Published courses, the newest first. */
export function listNewest(tx: Tx, filter: CourseFilter, limit: number, after: readonly [publishedAt: string, id: string] | null) {
  let query = published(tx, filter).orderBy('publishedAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('publishedAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** Published courses by title. */
export function listByTitle(tx: Tx, filter: CourseFilter, limit: number, after: readonly [title: string, id: string] | null) {
  let query = published(tx, filter).orderBy('title').orderBy('id').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('title', 'id'), '>', where.tuple(after[0], after[1])));
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

/** What search looks through: the title weighs most, then tags, then the summary. */
export const searchVector = (course: { title: string; tags: readonly string[]; summary: string }) => sql<string>`
  setweight(to_tsvector('simple', ${fold(course.title)}), 'A') || setweight(to_tsvector('simple', ${fold(course.tags.join(' '))}), 'B') || setweight(to_tsvector('simple', ${fold(course.summary)}), 'C')`;

/** Courses by id, whatever their state. */
export const coursesByIds = async (tx: Tx, ids: readonly string[]) =>
  new Map(ids.length === 0 ? [] : (await tx.selectFrom('catalog.course').select(['id', 'slug', 'title', 'summary', 'language', 'durationMinutes', 'lessonCount', 'ownerMemberId']).where('id', 'in', ids).execute()).map((row) => [row.id, row]));

/** Gives a course that belongs to nobody to a member; one that belongs to somebody stays theirs. */
export async function adoptCourse(tx: Tx, id: string, memberId: string): Promise<void> {
  await tx.updateTable('catalog.course').set({ ownerMemberId: memberId, version: sql`version + 1`, updatedAt: tx.now.toISOString() }).where('id', '=', id).where('ownerMemberId', 'is', null).execute();
}
