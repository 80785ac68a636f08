import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['id', 'courseId', 'name', 'startsAt', 'endsAt', 'capacity', 'selfEnrollment', 'courseVersionId', 'version'] as const;

export type CohortRow = NonNullable<Awaited<ReturnType<typeof findCohort>>>;

export const findCohort = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('learning.cohort').select(columns).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

/** Locked until the transaction ends, so that two at once cannot both take the last place. */
export const lockCohort = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('learning.cohort').select(columns).where('courseId', '=', courseId).where('id', '=', id).forUpdate().executeTakeFirst();

export const listRows = (tx: Tx, courseId: string) => tx.selectFrom('learning.cohort').select(columns).where('courseId', '=', courseId).orderBy('startsAt', 'desc').orderBy('id', 'desc').limit(200).execute();

/** By cohort: how many are in it now. */
export async function countTaken(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('learning.enrollment').select((is) => ['cohortId', is.fn.countAll<number>().as('count')])
    .where('cohortId', 'in', ids).where('status', '<>', 'left').groupBy('cohortId').execute();
  return new Map(rows.flatMap((row) => (row.cohortId ? [[row.cohortId, row.count] as const] : [])));
}

export const wasEverIn = async (tx: Tx, id: string): Promise<boolean> => {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from learning.enrollment where cohort_id = ${id}) or exists (select from learning.bulk_enrollment where cohort_id = ${id}) as used`.execute(tx);
  return rows[0]?.used ?? false;
};

/** Which of these enrolments are of the course, current, and not in the cohort already. */
export const outsideOf = async (tx: Tx, courseId: string, enrollmentIds: readonly string[], cohortId: string | null): Promise<string[]> =>
  (await tx.selectFrom('learning.enrollment').select('id').where('courseId', '=', courseId).where('id', 'in', enrollmentIds).where('status', '<>', 'left')
    .where('cohortId', 'is distinct from', cohortId).execute()).map((row) => row.id);

export async function putInto(tx: Tx, enrollmentIds: readonly string[], cohort: { id: string; startsAt: string } | null): Promise<void> {
  if (enrollmentIds.length === 0) return;
  await tx.updateTable('learning.enrollment').set({ cohortId: cohort?.id ?? null, startsAt: cohort?.startsAt ?? null }).where('id', 'in', enrollmentIds).execute();
}
