import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('teaching', 'authoring/teaching.tsx'),
    route('teaching/new', 'authoring/new-course.tsx'),
    route('teaching/:courseId', 'authoring/manage.tsx'),
    route('teaching/:courseId/description', 'authoring/description.tsx'),
    route('teaching/:courseId/lessons/:lessonId', 'authoring/lesson.tsx'),
    route('teaching/:courseId/remove/:partId', 'authoring/remove-part.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
