import { endpoint, id } from '@milpa/kernel/contract';
import { z } from 'zod';

export const listCourseStatistics = endpoint({
  id: 'learning.listCourseStatistics', method: 'GET', path: '/course-statistics', summary: 'How the courses that the actor may edit are taken up', access: 'course:update:own',
  response: z.object({ data: z.array(z.object({ courseId: id, slug: z.string(), title: z.string(), status: z.string(), enrolled: z.int(), completed: z.int(), lessonsCompleted: z.int() })) }),
});

export const courseDay = z.object({
  /** In the organisation's time zone, such as `2026-11-20`. */
  day: z.string(), enrolled: z.int(), completed: z.int(), lessonsCompleted: z.int(), activeLearners: z.int(),
}).meta({ id: 'CourseDay' });
export type CourseDay = z.infer<typeof courseDay>;
export const getCourseStatistics = endpoint({
  id: 'learning.getCourseStatistics', method: 'GET', path: '/courses/{courseId}/statistics', summary: 'What happened in a course day by day, up to today', access: 'enrollment:read:own',
  params: z.object({ courseId: id }), query: z.object({ days: z.coerce.number().int().min(7).max(366).default(30) }),
  response: z.object({ total: z.object({ enrolled: z.int(), completed: z.int(), lessonsCompleted: z.int() }), days: z.array(courseDay) }), errors: ['catalog.course_not_found'],
});

export const activityDay = courseDay.meta({ id: 'ActivityDay' });
const happened = z.object({ enrolled: z.int(), completed: z.int(), lessonsCompleted: z.int() });
export const getActivity = endpoint({
  id: 'learning.getActivity', method: 'GET', path: '/activity', summary: 'What happened in all courses day by day, up to today, and in as many days before', access: 'activity:read',
  query: z.object({ days: z.coerce.number().int().min(7).max(366).default(30) }),
  response: z.object({
    total: happened.extend({ /** Members who were active on any of the days. */ activeLearners: z.int() }),
    /** Of as many days before these. */
    before: happened, days: z.array(activityDay),
  }),
});

export const getTeachingAttention = endpoint({
  id: 'learning.getTeachingAttention', method: 'GET', path: '/teaching-attention', summary: 'What in the courses that the actor may edit waits for them', access: 'course:update:own',
  response: z.object({ data: z.array(z.object({
    course: z.object({ id, slug: z.string(), title: z.string(), language: z.string() }),
    /** Learners under way who opened nothing for two weeks. */
    stalled: z.int(),
    /** Of the last 30 days, without an answer. */
    newReviews: z.int(), unpublishedChanges: z.boolean(),
  })) }),
});
