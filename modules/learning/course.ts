/** For endpoints about a course's learners: the course, and whose it is. `:own` means the course's owner there, so `enrollment:read:own` opens the roster of one's own course. */
import { catalogProblems, findCourse, maySeeCourse, type CourseRow } from '@milpa/catalog';
import { Problem, type Actor, type Tx } from '@milpa/kernel';
import { currentEnrollment } from './enrollment/queries.ts';

export const ownCourse = {
  resource: async (tx: Tx, input: { params: { courseId: string } }): Promise<CourseRow | null> => await findCourse(tx, input.params.courseId) ?? null,
  notFound: catalogProblems.course_not_found, ownerId: (row: CourseRow) => row.ownerMemberId, isVisible: maySeeCourse,
};

/** A course that the actor may know of: who takes it may, also after it was archived. @throws Problem `catalog.course_not_found`. */
export async function visibleCourse(tx: Tx, actor: Actor, key: string): Promise<CourseRow> {
  const course = await findCourse(tx, key);
  if (!course || !maySeeCourse(actor, course) && !(actor.memberId && await currentEnrollment(tx, course.id, actor.memberId))) throw new Problem(catalogProblems.course_not_found);
  return course;
}
