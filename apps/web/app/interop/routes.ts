import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('imports', 'interop/import.tsx'),
    route('imports/:importId', 'interop/import-detail.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
