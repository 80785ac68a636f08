import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { BulkForecast, BulkOutcome } from '../tables.ts';

const columns = ['id', 'courseId', 'cohortId', 'fileName', 'status', 'memberId', 'mayInvite', 'createdAt', 'startedAt', 'finishedAt'] as const;
export type BulkRow = NonNullable<Awaited<ReturnType<typeof findBulk>>>;

export const findBulk = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('learning.bulkEnrollment').select(columns).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

export function listBulks(tx: Tx, courseId: string, limit: number, after: readonly [createdAt: string, id: string] | null) {
  let query = tx.selectFrom('learning.bulkEnrollment').select(columns).where('courseId', '=', courseId).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit);
  if (after) query = query.where((where) => where(where.refTuple('createdAt', 'id'), '<', where.tuple(after[0], after[1])));
  return query.execute();
}

export async function insertBulk(tx: Tx, bulk: { courseId: string; cohortId: string | null; fileName: string; memberId: string }, lines: readonly ({ line: number; name: string; email: string; forecast: BulkForecast })[]): Promise<string> {
  const { id } = await tx.insertInto('learning.bulkEnrollment').values({ ...bulk, createdAt: tx.now.toISOString() }).returning('id').executeTakeFirstOrThrow();
  await sql`insert into learning.bulk_enrollment_line (bulk_enrollment_id, course_id, line, name, email, forecast)
    select ${id}, ${bulk.courseId}, l.line, l.name, l.email, l.forecast from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) l(line int, name text, email text, forecast text)`.execute(tx);
  return id;
}

/** By list: how many lines would become what, and how many became what. */
export async function countLines(tx: Tx, ids: readonly string[]): Promise<Map<string, { forecast: string; outcome: string | null; count: number }[]>> {
  const { rows } = await sql<{ bulkEnrollmentId: string; forecast: string; outcome: string | null; count: number }>`
    select bulk_enrollment_id, forecast, outcome, count(*)::int as count from learning.bulk_enrollment_line where bulk_enrollment_id = any(${ids}::uuid[]) group by 1, 2, 3`.execute(tx);
  return Map.groupBy(rows, (row) => row.bulkEnrollmentId);
}

/** Lines of one outcome, or of one forecast as long as there is none. */
export function listLines(tx: Tx, bulkId: string, kind: string | undefined, limit: number, after: number) {
  let query = tx.selectFrom('learning.bulkEnrollmentLine').select(['line', 'name', 'email', 'forecast', 'outcome', 'doneAt']).where('bulkEnrollmentId', '=', bulkId).where('line', '>', after).orderBy('line').limit(limit);
  if (kind) query = query.where(sql<boolean>`coalesce(outcome, forecast) = ${kind}`);
  return query.execute();
}

/** Begins a draft; null when it has begun already. */
export const startBulk = async (tx: Tx, id: string, mayInvite: boolean): Promise<boolean> =>
  (await tx.updateTable('learning.bulkEnrollment').set({ status: 'running', startedAt: tx.now.toISOString(), mayInvite, memberId: tx.actor.memberId! })
    .where('id', '=', id).where('status', '=', 'draft').returning('id').executeTakeFirst()) !== undefined;

/** The list, if it is under way; locked, so that two workers of one list take turns. */
export const lockRunning = (tx: Tx, id: string) =>
  tx.selectFrom('learning.bulkEnrollment').select(columns).where('id', '=', id).where('status', '=', 'running').forUpdate().executeTakeFirst();

export const nextLine = (tx: Tx, bulkId: string) =>
  tx.selectFrom('learning.bulkEnrollmentLine').select(['line', 'name', 'email', 'forecast']).where('bulkEnrollmentId', '=', bulkId).where('outcome', 'is', null).orderBy('line').limit(1).executeTakeFirst();

export async function settleLine(tx: Tx, bulkId: string, line: number, settled: { outcome: BulkOutcome; memberId: string | null }): Promise<void> {
  await tx.updateTable('learning.bulkEnrollmentLine').set({ ...settled, doneAt: tx.now.toISOString() }).where('bulkEnrollmentId', '=', bulkId).where('line', '=', line).where('outcome', 'is', null).execute();
}

export async function finishBulk(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('learning.bulkEnrollment').set({ status: 'done', finishedAt: tx.now.toISOString() }).where('id', '=', id).where('status', '=', 'running').execute();
}

export const deleteDraft = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.deleteFrom('learning.bulkEnrollment').where('id', '=', id).where('status', '=', 'draft').returning('id').executeTakeFirst()) !== undefined;

/** Takes name and address of who has left out of the lists that they were on; what became of their lines stays. */
export async function forgetMember(tx: Tx, memberId: string): Promise<void> {
  await sql`update learning.bulk_enrollment_line set name = '', email = ${`${memberId}@former.invalid`}
    where (bulk_enrollment_id, email) in (select bulk_enrollment_id, email from learning.bulk_enrollment_line where member_id = ${memberId})`.execute(tx);
}

/** Lines of people who were invited with this address, locked. */
export const lockInvited = (tx: Tx, email: string) =>
  tx.selectFrom('learning.bulkEnrollmentLine as line').innerJoin('learning.bulkEnrollment as bulk', 'bulk.id', 'line.bulkEnrollmentId')
    .select(['line.bulkEnrollmentId', 'line.line', 'line.courseId', 'bulk.cohortId']).where('line.email', '=', email).where('line.outcome', '=', 'invited').forUpdate('line').execute();

export async function markEnrolled(tx: Tx, bulkId: string, line: number, outcome: BulkOutcome, memberId: string): Promise<void> {
  await tx.updateTable('learning.bulkEnrollmentLine').set({ outcome, memberId, doneAt: tx.now.toISOString() }).where('bulkEnrollmentId', '=', bulkId).where('line', '=', line).where('outcome', '=', 'invited').execute();
}
