/** Addresses of courses. Slugs may be of any script. */
export const coursePath = (slug: string): string => `/courses/${encodeURIComponent(slug)}`;
export const leavePath = (slug: string): string => `${coursePath(slug)}/leave`;
export const playerPath = (slug: string, lessonId?: string): string =>
  `/learn/${encodeURIComponent(slug)}${lessonId ? `/${encodeURIComponent(lessonId)}` : ''}`;
/** What a preview shows goes along from lesson to lesson: the draft, or what waits for a review. Of the query of an address; empty when it is no preview. */
export function previewQuery(search: string): '' | '?preview' | '?preview=review' {
  const preview = new URLSearchParams(search).get('preview');
  return preview === null ? '' : preview === 'review' ? '?preview=review' : '?preview';
}
export const managePath = (courseId: string): string => `/teaching/${courseId}`;
export const lessonEditorPath = (courseId: string, lessonId: string): string => `${managePath(courseId)}/lessons/${lessonId}`;
/** Where a package of another system is brought in. */
export const importPath = '/imports';
