import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('teaching', 'authoring/teaching.tsx'),
    route('teaching/new', 'authoring/new-course.tsx'),
    route('teaching/reviews', 'authoring/reviews.tsx'),
    route('teaching/:courseId', 'authoring/manage.tsx'),
    route('teaching/:courseId/publish', 'authoring/publish.tsx'),
    route('teaching/:courseId/files', 'authoring/files.tsx'),
    route('teaching/:courseId/versions', 'authoring/versions.tsx'),
    route('teaching/:courseId/versions/:versionId', 'authoring/version.tsx'),
    route('teaching/:courseId/modules/:moduleId', 'authoring/module-settings.tsx'),
    route('teaching/:courseId/lessons/:lessonId/history', 'authoring/history.tsx'),
    route('teaching/:courseId/description', 'authoring/description.tsx'),
    route('teaching/:courseId/lessons/:lessonId', 'authoring/lesson.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
