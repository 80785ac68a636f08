import type { CourseRow } from '@milpa/catalog';
import { countMembers, countsOfList, linesOfList, membersByEmail, textOfList } from '@milpa/identity';
import { can, csvFile, decodeCursor, enqueue, Problem, toPage, type Tenant, type Tx } from '@milpa/kernel';
import type { FileContent, Input, Output, Upload } from '@milpa/kernel/contract';
import { countTaken, findCohort } from '../cohort/queries.ts';
import { memberOf } from '../enrollment/enrollment.ts';
import { currentMembers } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import type { BulkEnrollment, listBulkEnrollmentLines, listBulkEnrollments } from './contract.ts';
import { bulkEnrollmentRequest } from './job.ts';
import { countLines, deleteDraft, findBulk, insertBulk, listBulks, listLines, startBulk, type BulkRow } from './queries.ts';
import { forecastLines, maxLines } from './rules.ts';

export const fromFile = async (tx: Tx, tenant: Tenant, course: CourseRow, file: Upload, fileName: string, cohortId: string | null): Promise<BulkEnrollment> =>
  draft(tx, tenant, course, await textOfList(file, maxLines, problems), fileName, cohortId);

/** Reads a list and says of each line what would become of it. @throws Problem `learning.course_closed`, `learning.cohort_not_found`, of `linesOfList`. */
export async function draft(tx: Tx, tenant: Tenant, course: CourseRow, text: string, fileName: string, cohortId: string | null): Promise<BulkEnrollment> {
  // Nobody can take a course without a version: the job would try for hours, and people would be invited to nothing.
  if (!course.publishedVersionId) throw new Problem(problems.course_closed);
  const people = linesOfList(text, maxLines, problems);
  const cohort = cohortId === null ? null : await findCohort(tx, course.id, cohortId);
  if (cohort === undefined) throw new Problem(problems.cohort_not_found);
  const members = await membersByEmail(tx, people.map(({ email }) => email));
  const enrolled = await currentMembers(tx, course.id, [...members.values()].map((member) => member.id));
  const forecasts = forecastLines(people.map(({ email }) => email), {
    members: new Map([...members].map(([email, { id, status }]) => [email, { id, active: status === 'active', enrolled: enrolled.has(id) }])),
    mayInvite: can(tx.actor, 'invitation:create'),
    places: cohort?.capacity ? cohort.capacity - ((await countTaken(tx, [cohort.id])).get(cohort.id) ?? 0) : Infinity,
    seats: tenant.limits.members - await countMembers(tx),
  });
  const id = await insertBulk(tx, { courseId: course.id, cohortId, fileName, memberId: memberOf(tx.actor) }, people.map((line, index) => ({ ...line, forecast: forecasts[index]! })));
  return get(tx, course, id);
}

async function views(tx: Tx, rows: readonly BulkRow[]): Promise<BulkEnrollment[]> {
  const counts = await countLines(tx, rows.map((row) => row.id));
  return Promise.all(rows.map(async ({ memberId: _, mayInvite: __, cohortId, ...row }) => {
    const cohort = cohortId ? await findCohort(tx, row.courseId, cohortId) : undefined;
    return { ...row, cohort: cohort ? { id: cohort.id, name: cohort.name } : null, ...countsOfList(counts.get(row.id) ?? []) };
  }));
}

async function find(tx: Tx, course: CourseRow, id: string): Promise<BulkRow> {
  const row = await findBulk(tx, course.id, id);
  if (!row) throw new Problem(problems.list_not_found);
  return row;
}

/** @throws Problem `learning.list_not_found`. */
export const get = async (tx: Tx, course: CourseRow, id: string): Promise<BulkEnrollment> => (await views(tx, [await find(tx, course, id)]))[0]!;

export async function list(tx: Tx, course: CourseRow, { limit, cursor }: Input<typeof listBulkEnrollments>['query']): Promise<Output<typeof listBulkEnrollments>> {
  const { data, page } = toPage(await listBulks(tx, course.id, limit + 1, decodeCursor(cursor, ['string', 'string'])), limit, (row) => [row.createdAt, row.id]);
  return { data: await views(tx, data), page };
}

export async function lines(tx: Tx, course: CourseRow, id: string, { limit, cursor, kind }: Input<typeof listBulkEnrollmentLines>['query']): Promise<Output<typeof listBulkEnrollmentLines>> {
  await find(tx, course, id);
  return toPage(await listLines(tx, id, kind, limit + 1, decodeCursor(cursor, ['number'])?.[0] ?? 0), limit, (row) => [row.line]);
}

/** Lines of one kind alone may go to who invites, whose lists take it as it is. */
export async function report(tx: Tx, course: CourseRow, id: string, kind: string | undefined): Promise<FileContent> {
  await find(tx, course, id);
  const rows = await listLines(tx, id, kind, maxLines, 0);
  return csvFile(`${course.slug}-${kind?.replaceAll('_', '-') ?? 'enrolment'}.csv`, [['line', 'name', 'email', 'forecast', 'outcome', 'done_at'], ...rows.map((row) => [row.line, row.name, row.email, row.forecast, row.outcome, row.doneAt])]);
}

/** Whether people may be invited is settled by who starts it. @throws Problem `learning.list_not_found`. */
export async function start(tx: Tx, course: CourseRow, id: string): Promise<BulkEnrollment> {
  await find(tx, course, id);
  if (await startBulk(tx, id, can(tx.actor, 'invitation:create'))) await enqueue(tx, bulkEnrollmentRequest, { tenantId: tx.tenant.id, courseId: course.id, bulkEnrollmentId: id }, { key: id });
  return get(tx, course, id);
}

/** @throws Problem `learning.list_not_found`, also for one that was started: its report stays. */
export async function discard(tx: Tx, course: CourseRow, id: string): Promise<void> {
  await find(tx, course, id);
  if (!await deleteDraft(tx, id)) throw new Problem(problems.list_not_found);
}
