/** Takes learners to another version of their course. What they have done stays done: it is known by the lesson. */
import { catalogProblems, versionFor, type CourseRow } from '@milpa/catalog';
import { emit, Problem, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { courseCompleted } from '../events.ts';
import { requiredOf } from '../progress/rules.ts';
import { problems } from '../problems.ts';
import type { moveToVersion } from './contract.ts';
import { completeMoved, lockForMove, moveRows } from './queries.ts';

/**
 * All who are under way, or those who are named. Who has by now done all that the version asks for completes the course with it.
 * @throws Problem `catalog.version_not_found`, also for one that was never published; `learning.course_closed` where nothing is.
 */
export async function move(tx: Tx, course: CourseRow, { versionId, enrollmentIds }: Input<typeof moveToVersion>['body']): Promise<Output<typeof moveToVersion>> {
  const target = versionId ?? course.publishedVersionId;
  if (target === null) throw new Problem(problems.course_closed);
  const version = await versionFor(tx, course.id, target);
  if (!version || version.publishedAt === null) throw new Problem(catalogProblems.version_not_found);
  // Locked first, so that what is counted next includes every lesson that was finished meanwhile.
  const ids = await lockForMove(tx, course.id, enrollmentIds ?? null);
  const moved = await moveRows(tx, ids, { id: version.id, ...requiredOf(version.outline) });
  const completed = await completeMoved(tx, moved);
  for (const { id, memberId } of completed) await emit(tx, courseCompleted, { enrollmentId: id, courseId: course.id, memberId });
  return { moved: moved.length, completed: completed.length, unchanged: ids.length - moved.length };
}
