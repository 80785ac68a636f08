/** What other modules may call. */
import './tables.ts';

export { courseOf, create as createCourse, managedCourses, mayReadDraft, maySeeCourse, publishedCourses, type CourseInput } from './course/course.ts';
export { adoptCourse, countCourses, coursesByIds, findCourse, findCourseStanding, findBySource, lockCourse, type CourseRow } from './course/queries.ts';
export { create as createCategory, list as listCategories } from './category/category.ts';
export { contentOf as draftContent } from './course/copy.ts';
export { publishDraft } from './course/publication.ts';
export { versionToReview } from './review/review.ts';
export { hasFile, revisionsWithFile } from './file/queries.ts';
export { findLessonRow as findLesson, lessonExists } from './lesson/queries.ts';
export { outlineOf } from './outline/outline.ts';
export { draftFor, lessonForReaders, versionFor, versionsFor } from './version/version.ts';
export { coursesWithChanges, publishedVersionOf, versionNumbers } from './version/standing.ts';
export { fillCourse, type CourseContent } from './outline/fill.ts';
export { fileAddresses, sanitizeHtml } from './html.ts';
export { setCourseRating } from './search/refresh.ts';
export { coursePublished, courseReviewApproved, courseReviewRequested, courseReviewReturned } from './events.ts';
export { problems as catalogProblems } from './problems.ts';
