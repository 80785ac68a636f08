/** What other modules ask about versions without reading them. */
import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

/** The version that new enrolments get; null for a course that was never published. */
export const publishedVersionOf = async (tx: Tx, courseId: string): Promise<string | null> =>
  (await tx.selectFrom('catalog.course').select('publishedVersionId').where('id', '=', courseId).executeTakeFirst())?.publishedVersionId ?? null;

/** Numbers by version. */
export async function versionNumbers(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('catalog.courseVersion').select(['id', 'number']).where('id', 'in', [...new Set(ids)]).execute();
  return new Map(rows.map((row) => [row.id, row.number]));
}

/** Which of these courses were changed since they were published. */
export async function coursesWithChanges(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id from catalog.course c join catalog.course_version v on v.tenant_id = c.tenant_id and v.id = c.published_version_id
    where c.id = any(${ids}::uuid[]) and c.status = 'published' and c.content_version <> v.content_version`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
