/** What stands far down on a course's page, for browsers to fetch in one piece. */
export { CourseReviews } from '../reviews/course-reviews.tsx';
export { Recommendations } from '../reviews/recommendations.tsx';
export { OpenCohorts } from './open-cohorts.tsx';
export { Related, Tags } from './related.tsx';
