import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { CourseVersionTable, VersionDetails } from '../tables.ts';
import type { CourseOutline } from './contract.ts';

const summaryColumns = ['id', 'courseId', 'number', 'note', 'contentVersion', 'lessonCount', 'durationMinutes', 'createdAt', 'memberId', 'publishedAt'] as const;
export type VersionSummaryRow = NonNullable<Awaited<ReturnType<typeof findVersionSummary>>>;
export type VersionRow = NonNullable<Awaited<ReturnType<typeof findVersion>>>;

export const findVersion = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.courseVersion').select([...summaryColumns, 'details', 'outline']).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

const outlineColumns = ['id', 'courseId', 'number', 'publishedAt', 'outline'] as const;

export type OutlineRow = NonNullable<Awaited<ReturnType<typeof findOutline>>>;

/** What learners go through. */
export const findOutline = (tx: Tx, courseId: string, id: string) => tx.selectFrom('catalog.courseVersion').select(outlineColumns).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

export const outlinesByIds = async (tx: Tx, ids: readonly string[]) =>
  new Map((await tx.selectFrom('catalog.courseVersion').select(outlineColumns).where('id', 'in', ids).execute()).map((row) => [row.id, row]));

/** The same without what is large. */
export const findVersionSummary = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.courseVersion').select(summaryColumns).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

export const latestVersion = (tx: Tx, courseId: string) =>
  tx.selectFrom('catalog.courseVersion').select([...summaryColumns, 'details', 'outline']).where('courseId', '=', courseId).orderBy('number', 'desc').limit(1).executeTakeFirst();

export function listVersionRows(tx: Tx, courseId: string, limit: number, before: number | null) {
  let query = tx.selectFrom('catalog.courseVersion').select(summaryColumns).where('courseId', '=', courseId).orderBy('number', 'desc').limit(limit);
  if (before !== null) query = query.where('number', '<', before);
  return query.execute();
}

export async function insertVersion(tx: Tx, version: Pick<CourseVersionTable, 'courseId' | 'number' | 'contentVersion' | 'lessonCount' | 'durationMinutes'> & { note: string; details: VersionDetails; outline: CourseOutline }): Promise<VersionRow> {
  return tx.insertInto('catalog.courseVersion').values({ ...version, createdAt: tx.now.toISOString(), memberId: tx.actor.memberId, publishedAt: null })
    .returning([...summaryColumns, 'details', 'outline']).executeTakeFirstOrThrow();
}

/** Keeps every lesson of the draft as it is now, or one of them; what is kept already stays as it was. @returns the revision of each. */
export async function keepRevisions(tx: Tx, courseId: string, lessonId: string | null = null): Promise<Map<string, string>> {
  const one = lessonId === null ? sql`` : sql`and l.id = ${lessonId}`;
  const { rows } = await sql<{ lessonId: string; revisionId: string }>`
    with content as (
      select l.id, l.title, l.minutes, l.body_html, l.updated_at, l.member_id, a.attachments, catalog.lesson_digest(l.title, l.minutes, l.body_html, a.attachments) as digest
      from catalog.lesson l cross join lateral (select catalog.lesson_attachments(l.id) as attachments) a
      where l.course_id = ${courseId} and l.removed_at is null ${one}
    ), kept as (
      insert into catalog.lesson_revision (course_id, lesson_id, title, minutes, body_html, attachments, digest, created_at, member_id)
      select ${courseId}, id, title, minutes, body_html, attachments, digest, updated_at, member_id from content
      on conflict (tenant_id, lesson_id, digest) do nothing returning id, lesson_id
    )
    select content.id as lesson_id, coalesce(kept.id, before.id) as revision_id
    from content left join kept on kept.lesson_id = content.id left join catalog.lesson_revision before on before.lesson_id = content.id and before.digest = content.digest`.execute(tx);
  await sql`update catalog.lesson l set kept_at = ${tx.now.toISOString()} where l.course_id = ${courseId} and l.removed_at is null ${one}`.execute(tx);
  return new Map(rows.map((row) => [row.lessonId, row.revisionId]));
}

/** Throws a portion of the old versions and texts away that nobody named, published or looked through. @returns how many; less than `most` when no more are due. */
export async function thinHistory(tx: Tx, most: number): Promise<number> {
  const { rows: [answer] } = await sql<{ thinned: number }>`select catalog.thin_history(${most}) as thinned`.execute(tx);
  return answer!.thinned;
}
