import type { RouteConfigEntry } from '@react-router/dev/routes';

/** The addresses of a module. Files are named from the app directory: `route('courses', 'catalog/courses.tsx')`. */
export interface ModuleRoutes {
  /** Screens within the common shell: brand, navigation, footer. */
  inShell: RouteConfigEntry[];
  /** Screens with a shell of their own (player, sign-in), and routes without a screen. */
  alone: RouteConfigEntry[];
}
