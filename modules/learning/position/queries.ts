import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { Place } from './contract.ts';

/** More lessons than a course has room for. */
const most = 1000;

export const listRows = (tx: Tx, enrollmentId: string) =>
  tx.selectFrom('learning.lessonPosition').select(['lessonId', 'blockIndex as index', 'blockHash as hash', 'share', 'readAt'])
    .where('enrollmentId', '=', enrollmentId).orderBy('readAt', 'desc').orderBy('lessonId').limit(most).execute();

/** The newest reading stays, in whatever order they arrive. */
export const upsertRow = (tx: Tx, enrollment: { id: string; courseId: string }, lessonId: string, at: Place & { share: number }, readAt: string) => sql`
  insert into learning.lesson_position as kept (enrollment_id, course_id, lesson_id, block_index, block_hash, share, read_at)
  values (${enrollment.id}, ${enrollment.courseId}, ${lessonId}, ${at.index}, ${at.hash}, ${at.share}, ${readAt})
  on conflict (tenant_id, enrollment_id, lesson_id) do update set block_index = excluded.block_index, block_hash = excluded.block_hash, share = excluded.share, read_at = excluded.read_at
  where kept.read_at < excluded.read_at`.execute(tx);

/** The lesson to go on with is the one read last. */
export const setLastLesson = (tx: Tx, enrollmentId: string, lessonId: string, readAt: string) =>
  tx.updateTable('learning.enrollment').set({ lastLessonId: lessonId, lastOpenedAt: readAt }).where('id', '=', enrollmentId)
    .where((is) => is.or([is('lastLessonId', 'is', null), is('lastOpenedAt', '<=', readAt)])).execute();
