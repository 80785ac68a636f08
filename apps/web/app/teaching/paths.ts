/** Addresses of the screens about a course's learners. */
export const learnersPath = (courseId: string) => `/teaching/${courseId}/learners`;
export const progressPath = (courseId: string) => `/teaching/${courseId}/progress`;
export const cohortsPath = (courseId: string, cohortId?: string) => `/teaching/${courseId}/cohorts${cohortId ? `/${cohortId}` : ''}`;
export const enrollPath = (courseId: string, bulkId?: string) => `/teaching/${courseId}/enroll${bulkId ? `/${bulkId}` : ''}`;
export const writePath = (courseId: string) => `/teaching/${courseId}/messages`;
