import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('courses/:course/reviews', 'reviews/reviews.tsx'),
    layout('tenancy/admin/layout.tsx', { id: 'tenancy/admin/reviews' }, [route('admin/reviews', 'reviews/moderation.tsx')]),
  ],
  alone: [],
} satisfies ModuleRoutes;
