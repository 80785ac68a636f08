import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [route('admin/categories', 'categories/categories.tsx')],
  alone: [],
} satisfies ModuleRoutes;
