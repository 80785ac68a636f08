import { index, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('about', 'shell/about.tsx'),
    route('*', 'shell/nowhere.tsx'),
  ],
  alone: [
    index('shell/home.ts'),
    route('preferences', 'shell/preferences.ts'),
  ],
} satisfies ModuleRoutes;
