import type { CourseOutline } from '@milpa/catalog/contract';

/** The lessons of a version that count, and how many of them complete the course. */
export function requiredOf({ requiredShare, modules }: CourseOutline): { lessonIds: string[]; requiredLessons: number } {
  const lessonIds = modules.flatMap(({ lessons }) => lessons.filter(({ optional }) => !optional).map(({ id }) => id));
  return { lessonIds, requiredLessons: Math.ceil((lessonIds.length * requiredShare) / 100) };
}

/** A course is completed when as much is done as it asks for. A course that asks for nothing never is. */
export const isComplete = (completedLessons: number, requiredLessons: number): boolean => requiredLessons > 0 && completedLessons >= requiredLessons;
