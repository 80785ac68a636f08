/** What other modules may call. */
import './tables.ts';

export { enrollMember } from './enrollment/enrollment.ts';
export { completeLesson } from './progress/progress.ts';
export { lockEnrollment } from './enrollment/queries.ts';
export { courseCompleted, courseEnrolled, courseLeft, lessonCompleted } from './events.ts';
export { learnerWithdrawn, reviewHidden } from './events.ts';
export { currentEnrollment } from './enrollment/queries.ts';
export { audienceOf, type Audience } from './roster/roster.ts';
