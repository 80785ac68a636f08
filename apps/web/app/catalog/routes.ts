import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('courses', 'catalog/courses.tsx'),
    route('courses/:course', 'catalog/course.tsx'),
    route('courses/:course/leave', 'catalog/leave.tsx'),
    route('teaching', 'catalog/teaching.tsx'),
    route('teaching/new', 'catalog/new-course.tsx'),
    route('teaching/:courseId', 'catalog/manage.tsx'),
    route('teaching/:courseId/description', 'catalog/description.tsx'),
    route('teaching/:courseId/lessons/:lessonId', 'catalog/lesson.tsx'),
    route('teaching/:courseId/remove/:partId', 'catalog/remove-part.tsx'),
    route('admin/categories', 'catalog/categories.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
