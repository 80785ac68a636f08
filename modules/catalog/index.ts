/** What other modules may call. */
import './tables.ts';

export { create as createCourse, changeStatus, managedCourses, maySeeCourse, type CourseInput } from './course/course.ts';
export { adoptCourse, countCourses, coursesByIds, findCourse, findCourseStanding, findBySource, lockCourse, type CourseRow } from './course/queries.ts';
export { create as createCategory, list as listCategories } from './category/category.ts';
export { attachmentsOf, outlineOf } from './outline/outline.ts';
export { findLesson, hasFile, lessonExists } from './outline/queries.ts';
export { fillCourse, type CourseContent } from './outline/fill.ts';
export { fileAddresses, sanitizeHtml } from './html.ts';
export { coursePublished } from './events.ts';
export { problems as catalogProblems } from './problems.ts';
