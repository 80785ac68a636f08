import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('courses/:course/reviews', 'reviews/reviews.tsx'),
    route('admin/reviews', 'reviews/moderation.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
