/** Addresses of courses. Slugs may be of any script. */
export const coursePath = (slug: string): string => `/courses/${encodeURIComponent(slug)}`;
export const leavePath = (slug: string): string => `${coursePath(slug)}/leave`;
export const playerPath = (slug: string, lessonId?: string): string =>
  `/learn/${encodeURIComponent(slug)}${lessonId ? `/${encodeURIComponent(lessonId)}` : ''}`;
export const managePath = (courseId: string): string => `/teaching/${courseId}`;
export const lessonEditorPath = (courseId: string, lessonId: string): string => `${managePath(courseId)}/lessons/${lessonId}`;
/** Where a package of another system is brought in. */
export const importPath = '/imports';
