import { redirect } from 'react-router';
import { web } from '../context.ts';
import { navigation, visibleTo } from './navigation.ts';
import { homeOf } from './paths.ts';
import type { Route } from './+types/home';

/** The front door: everyone is led to where their day begins, if their role opens it; else to the courses. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, needsSetup } = web(context);
  const home = homeOf(viewer, tenant !== null);
  const item = navigation.find(({ to }) => to === home);
  return redirect(needsSetup ? '/setup' : item && !visibleTo(item, viewer, tenant) ? '/courses' : home);
}

/** Never shown; with it the front door is a page, so that what stops a visitor there has its screen. */
export { default } from './nowhere.tsx';
