import { layout, type RouteConfig } from '@react-router/dev/routes';
import authoring from './authoring/routes.ts';
import catalog from './catalog/routes.ts';
import categories from './categories/routes.ts';
import identity from './identity/routes.ts';
import interop from './interop/routes.ts';
import learning from './learning/routes.ts';
import messaging from './messaging/routes.ts';
import reviews from './reviews/routes.ts';
import shell from './shell/routes.ts';
import teaching from './teaching/routes.ts';
import tenancy from './tenancy/routes.ts';

// The shell is last: its splat is the screen for addresses that nobody has.
const modules = [authoring, catalog, categories, identity, interop, learning, messaging, reviews, teaching, tenancy, shell];

export default [
  ...modules.flatMap((module) => module.alone),
  layout('shell/layout.tsx', modules.flatMap((module) => module.inShell)),
] satisfies RouteConfig;
