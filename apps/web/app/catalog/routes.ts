import type { ModuleRoutes } from '../module-routes.ts';

export default { inShell: [], alone: [] } satisfies ModuleRoutes;
