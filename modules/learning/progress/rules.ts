/** A course is completed when every lesson that it has is. A course without lessons never is. */
export const isComplete = (completedLessons: number, lessonCount: number): boolean => lessonCount > 0 && completedLessons >= lessonCount;
