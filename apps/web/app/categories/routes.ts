import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [layout('tenancy/admin/layout.tsx', { id: 'tenancy/admin/categories' }, [route('admin/categories', 'categories/categories.tsx')])],
  alone: [],
} satisfies ModuleRoutes;
