import type { ProblemParams, Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { ReportEntry } from '../package/types.ts';
import type { ImportStep } from '../tables.ts';

const summaryColumns = [
  'id', 'fileName', 'size', 'status', 'step', 'progress', 'problemCode', 'problemParams', 'courseId', 'repeated', 'requestedBy', 'createdAt', 'startedAt', 'finishedAt',
] as const;
export type ImportRow = Awaited<ReturnType<typeof listRows>>[number];
export type ImportRowWithReport = NonNullable<Awaited<ReturnType<typeof findImport>>>;

export const insertImport = (tx: Tx, file: { fileName: string; size: number; sha256: string }, requestedBy: string | null) =>
  tx.insertInto('interop.courseImport').values({ ...file, requestedBy, createdAt: tx.now.toISOString(), problemCode: null, courseId: null, startedAt: null, finishedAt: null })
    .returning(summaryColumns).executeTakeFirstOrThrow();

export const findImport = (tx: Tx, id: string) =>
  tx.selectFrom('interop.courseImport').select([...summaryColumns, 'report']).where('id', '=', id).executeTakeFirst();

/** Imports of one member, or of all, the newest first. */
export function listRows(tx: Tx, requestedBy: string | null, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('interop.courseImport').select(summaryColumns).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (requestedBy) query = query.where('requestedBy', '=', requestedBy);
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

/** What the packages take up that still wait to be read. */
export async function waitingBytes(tx: Tx): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(size), 0)::bigint as bytes from interop.course_import where status in ('queued', 'running')`.execute(tx);
  return rows[0]?.bytes ?? 0;
}

/** Which of these imports have not ended, with the time of their request. */
export const unfinishedAmong = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? [] : tx.selectFrom('interop.courseImport').select(['id', 'createdAt']).where('id', 'in', ids).where('status', 'in', ['queued', 'running']).execute();

/** Begins, or begins again after a crash. Nothing when it has ended already. */
export const startRow = (tx: Tx, id: string) =>
  tx.updateTable('interop.courseImport').set({ status: 'running', step: 'reading', progress: 0, startedAt: sql<string>`coalesce(started_at, ${tx.now.toISOString()})` })
    .where('id', '=', id).where('status', 'in', ['queued', 'running']).returning(['fileName', 'requestedBy']).executeTakeFirst();

export const advanceRow = (tx: Tx, id: string, step: ImportStep, progress: number) =>
  tx.updateTable('interop.courseImport').set({ step, progress }).where('id', '=', id).where('status', '=', 'running').where('progress', '<', progress).execute();

export const succeedRow = (tx: Tx, id: string, result: { courseId: string; repeated: boolean; report: ReportEntry[] }) =>
  tx.updateTable('interop.courseImport')
    .set({ status: 'succeeded', step: 'finished', progress: 100, courseId: result.courseId, repeated: result.repeated, report: storable(result.report), finishedAt: tx.now.toISOString() })
    .where('id', '=', id).where('status', '=', 'running').execute();

export const failRow = (tx: Tx, id: string, code: string, params: ProblemParams) =>
  tx.updateTable('interop.courseImport')
    .set({ status: 'failed', step: 'finished', problemCode: code, problemParams: storable(params), finishedAt: tx.now.toISOString() })
    .where('id', '=', id).where('status', 'in', ['queued', 'running']).execute();

/** JSON of what came from outside: PostgreSQL keeps neither NUL nor half a surrogate pair. */
const storable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll('\u0000', '').toWellFormed() : part));
