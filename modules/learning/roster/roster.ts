import { outlineOf, versionNumbers, type CourseRow } from '@milpa/catalog';
import { memberCards, membersNamed } from '@milpa/identity';
import { csvFile, decodeCursor, emit, Problem, problems as kernelProblems, toPage, type Tx } from '@milpa/kernel';
import type { FileContent, Input, Output } from '@milpa/kernel/contract';
import { assignCohort } from '../cohort/cohort.ts';
import { courseLeft, learnerWithdrawn } from '../events.ts';
import { problems } from '../problems.ts';
import type * as contract from './contract.ts';
import { countByLesson, countStates, enrollmentsOf, listRoster, memberIdsOf, progressOf, rosterOf, withdrawRows, type RosterFilter, type RosterRow } from './queries.ts';
import { funnelOf, isStalled, stalledBefore } from './rules.ts';

type Query = Input<typeof contract.getRoster>['query'];
type Entry = Omit<contract.RosterEntry, 'memberId' | 'name' | 'email'>;

const filterOf = (tx: Tx, query: Omit<Query, 'limit' | 'cursor' | 'sort'>): RosterFilter =>
  ({ state: query.state, cohortId: query.cohortId, lessonId: query.lessonId, stalledBefore: stalledBefore(tx.now, query.stalledAfterDays) });

/** What the roster says of each enrolment, in the order of the rows. */
async function entriesOf(tx: Tx, course: CourseRow, rows: readonly RosterRow[], before: string): Promise<Entry[]> {
  const [lessons, versions] = await Promise.all([lessonTitles(tx, course.id), versionNumbers(tx, rows.flatMap((row) => row.courseVersionId ?? []))]);
  return rows.map((row) => {
    const title = row.lastLessonId ? lessons.get(row.lastLessonId) : undefined;
    return {
      enrollmentId: row.id, status: row.status, stalled: isStalled(row, before), enrolledAt: row.enrolledAt, completedAt: row.completedAt, leftAt: row.leftAt, leftReason: row.leftReason,
      activeAt: row.activeAt, completedLessons: row.completedLessons, lessonCount: row.lessonCount,
      lesson: row.lastLessonId && title !== undefined ? { id: row.lastLessonId, title } : null,
      cohort: row.cohortId && row.cohortName !== null ? { id: row.cohortId, name: row.cohortName } : null,
      versionNumber: row.courseVersionId ? versions.get(row.courseVersionId) ?? null : null,
      outdated: row.status !== 'left' && row.courseVersionId !== course.publishedVersionId, attempt: row.attempt,
    };
  });
}

const lessonTitles = async (tx: Tx, courseId: string) => new Map((await outlineOf(tx, courseId)).flatMap((module) => module.lessons.map((lesson) => [lesson.id, lesson.title] as const)));

async function withNames(tx: Tx, course: CourseRow, rows: readonly RosterRow[], before: string): Promise<contract.RosterEntry[]> {
  const [cards, entries] = await Promise.all([memberCards(tx, rows.map((row) => row.memberId)), entriesOf(tx, course, rows, before)]);
  return rows.map((row, index) => ({ ...entries[index]!, memberId: row.memberId, name: cards.get(row.memberId)?.name ?? '', email: cards.get(row.memberId)?.email ?? '' }));
}

/** Names are the identity module's: who has the words is asked there, among those who take the course. */
export async function roster(tx: Tx, course: CourseRow, query: Query): Promise<Output<typeof contract.getRoster>> {
  const { limit, sort, q } = query;
  const filter = filterOf(tx, query);
  const after = decodeCursor(query.cursor, ['string', 'string', 'string']);
  // A page goes on in its own order only.
  if (after && after[0] !== sort) throw new Problem(kernelProblems.validation_failed, { fields: [{ path: 'query.cursor', code: 'invalid' }] });
  const from = after && [after[1], after[2]] as const;
  if (sort === 'name') return rosterByName(tx, course, filter, q, limit, from);
  if (q) filter.memberIds = (await membersNamed(tx, await memberIdsOf(tx, course.id, filter), { q })).map((member) => member.id);
  const { data, page } = toPage(await listRoster(tx, course.id, filter, sort, limit + 1, from), limit, (row) => [sort, row.key, row.id]);
  return { data: await withNames(tx, course, data, filter.stalledBefore), page };
}

async function rosterByName(tx: Tx, course: CourseRow, filter: RosterFilter, q: string | undefined, limit: number, after: readonly [string, string] | null): Promise<Output<typeof contract.getRoster>> {
  const members = await membersNamed(tx, await memberIdsOf(tx, course.id, filter), { q, after, limit: limit + 1 });
  const { data, page } = toPage(members, limit, (member) => ['name', member.name, member.id]);
  const rows = data.length === 0 ? [] : await rosterOf(tx, course.id, { ...filter, memberIds: data.map((member) => member.id) });
  const entries = Map.groupBy(await withNames(tx, course, rows, filter.stalledBefore), (entry) => entry.memberId);
  return { data: data.flatMap((member) => entries.get(member.id) ?? []), page };
}

/** The whole roster as a file, by name. */
export async function exportRoster(tx: Tx, course: CourseRow, query: Input<typeof contract.exportRoster>['query']): Promise<FileContent> {
  const filter = filterOf(tx, query);
  if (query.q) filter.memberIds = (await membersNamed(tx, await memberIdsOf(tx, course.id, filter), { q: query.q })).map((member) => member.id);
  const entries = (await withNames(tx, course, await rosterOf(tx, course.id, filter), filter.stalledBefore)).toSorted((a, b) => a.name.localeCompare(b.name));
  const day = (at: string | null) => at && new Date(at).toISOString().slice(0, 10);
  return csvFile(`${course.slug}-roster.csv`, [
    ['name', 'email', 'status', 'stalled', 'completed_lessons', 'lessons', 'current_lesson', 'last_activity', 'enrolled', 'completed', 'left', 'left_reason', 'cohort', 'version', 'attempt'],
    ...entries.map((entry) => [
      entry.name, entry.email, entry.status, entry.stalled ? 'yes' : 'no', entry.completedLessons, entry.lessonCount, entry.lesson?.title ?? null, day(entry.activeAt), day(entry.enrolledAt),
      day(entry.completedAt), day(entry.leftAt), entry.leftReason, entry.cohort?.name ?? null, entry.versionNumber, entry.attempt,
    ]),
  ]);
}

export async function summary(tx: Tx, course: CourseRow, stalledAfterDays: number): Promise<contract.RosterSummary> {
  const [states, outline, counts] = await Promise.all([countStates(tx, course.id, stalledBefore(tx.now, stalledAfterDays)), outlineOf(tx, course.id), countByLesson(tx, course.id)]);
  const lessons = outline.flatMap((module) => module.lessons.map(({ id, title }) => ({ id, title, moduleTitle: module.title })));
  return { ...states, lessons: funnelOf(lessons, states.active + states.completed, counts.done, counts.at) };
}

/** @throws Problem `learning.enrollment_not_found` for who never took the course. */
export async function learner(tx: Tx, course: CourseRow, memberId: string): Promise<Output<typeof contract.getLearner>> {
  const rows = await enrollmentsOf(tx, course.id, memberId);
  const [cards, entries, progress, titles] = await Promise.all([
    memberCards(tx, [memberId]), entriesOf(tx, course, rows, stalledBefore(tx.now, 14)), progressOf(tx, rows.map((row) => row.id)), lessonTitles(tx, course.id),
  ]);
  const member = cards.get(memberId);
  if (rows.length === 0 || !member) throw new Problem(problems.enrollment_not_found);
  const done = Map.groupBy(progress, (row) => row.enrollmentId);
  return {
    memberId, name: member.name, email: member.email,
    enrollments: entries.map((entry) => ({
      ...entry, lessons: (done.get(entry.enrollmentId) ?? []).flatMap((row) => { const title = titles.get(row.lessonId); return title === undefined ? [] : [{ id: row.lessonId, title, completedAt: row.completedAt }]; }),
    })),
  };
}

/** Takes learners out; those who have left already stay as they are. */
export async function withdraw(tx: Tx, course: CourseRow, { enrollmentIds, reason }: Input<typeof contract.withdrawLearners>['body']): Promise<{ withdrawn: number }> {
  const rows = await withdrawRows(tx, course.id, enrollmentIds, reason);
  for (const { id, memberId } of rows) {
    await emit(tx, courseLeft, { enrollmentId: id, courseId: course.id, memberId });
    await emit(tx, learnerWithdrawn, { enrollmentId: id, courseId: course.id, memberId, reason });
  }
  return { withdrawn: rows.length };
}

/** @throws Problem `learning.cohort_not_found`, `learning.cohort_full`. */
export const move = (tx: Tx, course: CourseRow, { enrollmentIds, cohortId }: Input<typeof contract.moveLearners>['body']): Promise<void> => assignCohort(tx, course.id, enrollmentIds, cohortId);

export type Audience =
  | { kind: 'all' } | { kind: 'stalled'; days: number } | { kind: 'cohort'; cohortId: string } | { kind: 'chosen'; enrollmentIds: readonly string[] };

/** Which learners of a course somebody means: of chosen ones, those who take it now. */
export function audienceOf(tx: Tx, courseId: string, audience: Audience): Promise<string[]> {
  const filter: RosterFilter = { state: 'current', stalledBefore: stalledBefore(tx.now, audience.kind === 'stalled' ? audience.days : 14) };
  if (audience.kind === 'stalled') filter.state = 'stalled';
  if (audience.kind === 'cohort') filter.cohortId = audience.cohortId;
  if (audience.kind === 'chosen') filter.enrollmentIds = audience.enrollmentIds;
  return memberIdsOf(tx, courseId, filter);
}
