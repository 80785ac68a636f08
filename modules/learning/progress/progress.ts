import { catalogProblems, findCourseStanding, versionFor } from '@milpa/catalog';
import type { CourseOutline } from '@milpa/catalog/contract';
import { emit, Problem, type Tx } from '@milpa/kernel';
import type { Enrollment } from '../enrollment/contract.ts';
import { view } from '../enrollment/enrollment.ts';
import { completedLessonIds, type EnrollmentRow } from '../enrollment/queries.ts';
import { courseCompleted, lessonCompleted } from '../events.ts';
import { access, placeOf } from '../player/rules.ts';
import { problems } from '../problems.ts';
import { completeRow, insertProgress, setCompleted, setLastLesson } from './queries.ts';
import { isComplete, requiredOf } from './rules.ts';

/**
 * Marks a lesson as done. The enrolment must be locked, so that two lessons finished at once see each other and the course is
 * completed by exactly one of them. @throws Problem `learning.enrollment_not_found` after leaving, `catalog.lesson_not_found`, `learning.lesson_locked`.
 */
export async function completeLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string): Promise<Enrollment> {
  const [{ outline, done }, course] = [await openedLesson(tx, enrollment, lessonId), await findCourseStanding(tx, enrollment.courseId)];
  return view(await complete(tx, enrollment, outline, done, lessonId), course?.publishedVersionId ?? null);
}

async function complete(tx: Tx, enrollment: EnrollmentRow, outline: CourseOutline, done: Set<string>, lessonId: string): Promise<EnrollmentRow> {
  const { id: enrollmentId, courseId, memberId } = enrollment;
  if (await insertProgress(tx, enrollment, lessonId)) await emit(tx, lessonCompleted, { enrollmentId, courseId, memberId, lessonId });
  done.add(lessonId);
  const completedLessons = requiredOf(outline).lessonIds.filter((id) => done.has(id)).length;
  if (completedLessons !== enrollment.completedLessons) await setCompleted(tx, enrollmentId, completedLessons);
  const after = { ...enrollment, completedLessons };
  if (enrollment.status === 'completed' || !isComplete(completedLessons, enrollment.requiredLessons)) return after;
  const completedAt = await completeRow(tx, enrollmentId);
  await emit(tx, courseCompleted, { enrollmentId, courseId, memberId });
  return { ...after, status: 'completed', completedAt };
}

/** Remembers where the learner was. What is completed by being opened is completed by it. @throws as `completeLesson`. */
export async function openLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string): Promise<void> {
  const { outline, done, lesson } = await openedLesson(tx, enrollment, lessonId);
  await setLastLesson(tx, enrollment.id, lessonId);
  if (lesson.completion === 'open' && !done.has(lessonId)) await complete(tx, enrollment, outline, done, lessonId);
}

/** A lesson of the learner's version that is open to them. @throws as `completeLesson`. */
export async function openedLesson(tx: Tx, enrollment: EnrollmentRow, lessonId: string) {
  if (enrollment.status === 'left') throw new Problem(problems.enrollment_not_found);
  const version = await versionFor(tx, enrollment.courseId, enrollment.courseVersionId);
  const place = version && placeOf(version.outline, lessonId);
  if (!place) throw new Problem(catalogProblems.lesson_not_found);
  const done = new Set(await completedLessonIds(tx, enrollment.id));
  if (access(version.outline, enrollment.startsAt ?? enrollment.enrolledAt, done, tx.now).lessons.has(lessonId)) throw new Problem(problems.lesson_locked);
  return { outline: version.outline, done, lesson: place.lesson };
}
