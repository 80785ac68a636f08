import { redirect } from 'react-router';
import { web } from '../context.ts';
import { homeOf } from './paths.ts';
import type { Route } from './+types/home';

/** The front door: everyone is led to where their day begins. */
export function loader({ context }: Route.LoaderArgs) {
  const { viewer, tenant } = web(context);
  return redirect(homeOf(viewer, tenant !== null));
}
