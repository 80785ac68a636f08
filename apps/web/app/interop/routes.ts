import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('imports', 'interop/import.tsx'),
    route('imports/:importId', 'interop/import-detail.tsx'),
    route('teaching/:courseId/export', 'interop/course-exports.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
