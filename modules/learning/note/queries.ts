import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { NoteInput } from './contract.ts';

const columns = ['id', 'kind', 'courseId', 'lessonId', 'lessonTitle', 'blockIndex', 'blockHash', 'quote', 'body', 'createdAt', 'changedAt', 'removedAt'] as const;
export type NoteRow = NonNullable<Awaited<ReturnType<typeof findRow>>>;

export const findRow = (tx: Tx, memberId: string, id: string) =>
  tx.selectFrom('learning.note').select(columns).where('memberId', '=', memberId).where('id', '=', id).executeTakeFirst();

/** Whether the member has a note in the course beyond so many. */
export const hasMoreThan = async (tx: Tx, memberId: string, courseId: string, count: number): Promise<boolean> =>
  (await tx.selectFrom('learning.note').select('id').where('memberId', '=', memberId).where('courseId', '=', courseId).where('removedAt', 'is', null).offset(count).limit(1).executeTakeFirst()) !== undefined;

export interface NoteFilter { courseId?: string | undefined; lessonId?: string | undefined; kind?: 'note' | 'bookmark' | undefined; q?: string | undefined }

export function listRows(tx: Tx, memberId: string, { courseId, lessonId, kind, q }: NoteFilter, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.note').select(columns).where('memberId', '=', memberId).where('removedAt', 'is', null).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (courseId) query = query.where('courseId', '=', courseId);
  if (lessonId) query = query.where('lessonId', '=', lessonId);
  if (kind) query = query.where('kind', '=', kind);
  if (q) query = query.where(sql<boolean>`position(lower(${q}) in lower(body || ' ' || quote || ' ' || lesson_title)) > 0`);
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** The change made last stays, in whatever order they arrive; what was removed stays removed. */
export const upsertRow = (tx: Tx, key: { memberId: string; id: string; courseId: string; lessonTitle: string }, { lessonId, kind, place, quote, text }: NoteInput, at: string) => sql`
  insert into learning.note as kept (member_id, id, course_id, lesson_id, lesson_title, kind, block_index, block_hash, quote, body, created_at, changed_at)
  values (${key.memberId}, ${key.id}, ${key.courseId}, ${lessonId}, ${key.lessonTitle}, ${kind}, ${place?.index ?? null}, ${place?.hash ?? null}, ${quote}, ${text}, ${at}, ${at})
  on conflict (tenant_id, member_id, id) do update set block_index = excluded.block_index, block_hash = excluded.block_hash, quote = excluded.quote, body = excluded.body, changed_at = excluded.changed_at
  where kept.removed_at is null and kept.changed_at <= excluded.changed_at`.execute(tx);

export const removeRow = (tx: Tx, memberId: string, id: string, at: string) =>
  tx.updateTable('learning.note').set({ body: '', quote: '', removedAt: at, changedAt: at }).where('memberId', '=', memberId).where('id', '=', id).where('removedAt', 'is', null).execute();
