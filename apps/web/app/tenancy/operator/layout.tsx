/** Running the whole installation; only on its own host. */
import { data, Outlet, redirect } from 'react-router';
import { Page } from '@milpa/ui';
import { web } from '../../context.ts';
import { signInPath } from '../../shell/paths.ts';
import type { Route } from './+types/layout';

export function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  if (tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'visitor') throw redirect(signInPath(url));
  if (viewer.kind !== 'operator') throw data(null, { status: 403 });
  return null;
}

export default function OperatorLayout() {
  return <Page><Outlet /></Page>;
}
