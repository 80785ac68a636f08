import type { CourseRow } from '@milpa/catalog';
import { can, onlyReads, present, Problem, problems as kernelProblems, sql, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { visibleCourse } from '../course.ts';
import type { Enrollment } from '../enrollment/contract.ts';
import { enrollMember, memberOf, requireMayEnroll } from '../enrollment/enrollment.ts';
import { currentEnrollment } from '../enrollment/queries.ts';
import { problems } from '../problems.ts';
import type { Cohort, createCohort, updateCohort } from './contract.ts';
import { countTaken, findCohort, listRows, lockCohort, outsideOf, putInto, wasEverIn, type CohortRow } from './queries.ts';
import { datesFit, hasRoom, joiningRefusal } from './rules.ts';

async function views(tx: Tx, actor: Actor, course: CourseRow, rows: readonly CohortRow[]): Promise<Cohort[]> {
  const taken = await countTaken(tx, rows.map((row) => row.id));
  const update = !onlyReads(actor) && can(actor, 'enrollment:manage', course.ownerMemberId);
  return rows.map((row) => {
    const places = { ...row, taken: taken.get(row.id) ?? 0 };
    return { ...places, abilities: { update, join: joiningRefusal(places, tx.now) === null } };
  });
}

/** For who teaches the course, all; for everybody else, those that they might join. */
export async function list(tx: Tx, actor: Actor, courseId: string): Promise<{ data: Cohort[] }> {
  const course = await visibleCourse(tx, actor, courseId);
  const all = await views(tx, actor, course, await listRows(tx, course.id));
  const seesAll = can(actor, 'enrollment:manage', course.ownerMemberId) || actor.permissions.has('enrollment:read');
  return { data: seesAll ? all : all.filter((cohort) => cohort.selfEnrollment && (cohort.endsAt === null || Date.parse(cohort.endsAt) > tx.now.getTime())) };
}

/** @throws Problem `learning.cohort_dates`, `learning.version_not_published`. */
export async function create(tx: Tx, course: CourseRow, { pinVersion, ...input }: Input<typeof createCohort>['body']): Promise<Cohort> {
  if (!datesFit(input)) throw new Problem(problems.cohort_dates);
  if (pinVersion && !course.publishedVersionId) throw new Problem(problems.version_not_published);
  const { id } = await tx.insertInto('learning.cohort').values({ ...input, courseId: course.id, courseVersionId: pinVersion ? course.publishedVersionId : null, createdAt: tx.now.toISOString() })
    .returning('id').executeTakeFirstOrThrow();
  return view(tx, course, id);
}

async function view(tx: Tx, course: CourseRow, id: string): Promise<Cohort> {
  const row = await findCohort(tx, course.id, id);
  if (!row) throw new Problem(problems.cohort_not_found);
  return (await views(tx, tx.actor, course, [row]))[0]!;
}

/** @throws Problem `learning.cohort_not_found`, `learning.cohort_dates`, `learning.cohort_full`, `kernel.version_conflict`. */
export async function update(tx: Tx, course: CourseRow, id: string, version: number, input: Input<typeof updateCohort>['body']): Promise<Cohort> {
  const before = await lockCohort(tx, course.id, id);
  if (!before) throw new Problem(problems.cohort_not_found);
  if (before.version !== version) throw new Problem(kernelProblems.version_conflict);
  const after = { ...before, ...present(input) };
  if (!datesFit(after)) throw new Problem(problems.cohort_dates);
  if (!hasRoom({ ...after, taken: (await countTaken(tx, [id])).get(id) ?? 0 }, 0)) throw new Problem(problems.cohort_full);
  await tx.updateTable('learning.cohort').set({ ...present(input), version: sql`version + 1` }).where('id', '=', id).execute();
  if (input.startsAt) await tx.updateTable('learning.enrollment').set({ startsAt: input.startsAt }).where('cohortId', '=', id).where('status', '<>', 'left').execute();
  return view(tx, course, id);
}

/** @throws Problem `learning.cohort_not_found`, `learning.cohort_in_use`. */
export async function remove(tx: Tx, course: CourseRow, id: string): Promise<void> {
  if (!await lockCohort(tx, course.id, id)) throw new Problem(problems.cohort_not_found);
  if (await wasEverIn(tx, id)) throw new Problem(problems.cohort_in_use);
  await tx.deleteFrom('learning.cohort').where('id', '=', id).execute();
}

/** Puts learners of a course into a cohort, or into none. @throws Problem `learning.cohort_not_found`, `learning.cohort_full`. */
export async function assignCohort(tx: Tx, courseId: string, enrollmentIds: readonly string[], cohortId: string | null): Promise<void> {
  const cohort = cohortId === null ? null : await lockCohort(tx, courseId, cohortId);
  if (cohort === undefined) throw new Problem(problems.cohort_not_found);
  const moving = await outsideOf(tx, courseId, enrollmentIds, cohortId);
  if (cohort && !hasRoom({ ...cohort, taken: (await countTaken(tx, [cohort.id])).get(cohort.id) ?? 0 }, moving.length)) throw new Problem(problems.cohort_full);
  await putInto(tx, moving, cohort);
}

/**
 * Enrols the actor with a cohort; somebody who takes the course in none comes into it.
 * @throws Problem `learning.cohort_not_found`, `learning.other_cohort`, of `joiningRefusal` and of enrolling.
 */
export async function join(tx: Tx, tenant: Tenant, actor: Actor, courseId: string, cohortId: string): Promise<Enrollment> {
  const memberId = memberOf(actor);
  const course = await visibleCourse(tx, actor, courseId);
  const cohort = await lockCohort(tx, course.id, cohortId);
  if (!cohort) throw new Problem(problems.cohort_not_found);
  const current = await currentEnrollment(tx, course.id, memberId);
  if (current?.cohortId && current.cohortId !== cohortId) throw new Problem(problems.other_cohort);
  if (current?.cohortId !== cohortId) {
    const refusal = joiningRefusal({ ...cohort, taken: (await countTaken(tx, [cohortId])).get(cohortId) ?? 0 }, tx.now);
    if (refusal) throw new Problem(problems[refusal]);
    if (!current) await requireMayEnroll(tx, tenant, course, memberId);
  }
  return enrollMember(tx, course.id, memberId, cohort);
}
