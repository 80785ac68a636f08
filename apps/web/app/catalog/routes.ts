import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('courses', 'catalog/courses.tsx'),
    route('courses/:course', 'catalog/course.tsx'),
    route('courses/:course/leave', 'catalog/leave.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
