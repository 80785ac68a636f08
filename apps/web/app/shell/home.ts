import { redirect } from 'react-router';
import { web } from '../context.ts';
import { homeOf } from './paths.ts';
import type { Route } from './+types/home';

/** The front door: everyone is led to where their day begins. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant, needsSetup } = web(context);
  return redirect(needsSetup ? '/setup' : homeOf(viewer, tenant !== null));
}

/** Never shown; with it the front door is a page, so that what stops a visitor there has its screen. */
export { default } from './nowhere.tsx';
