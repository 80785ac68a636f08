/** Running the whole installation; only on its own host. */
import { data, Outlet, redirect } from 'react-router';
import { web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { signInPath } from '../../shell/paths.ts';
import { SectionPage, type SectionTab } from '../section.tsx';
import type { Route } from './+types/layout';

const tabs: SectionTab[] = [
  { href: '/operator', messageKey: 'tenancy.operator.overview' },
  { href: '/operator/tenants', messageKey: 'tenancy.operator.tenants' },
  { href: '/operator/plans', messageKey: 'tenancy.operator.plans' },
  { href: '/operator/health', messageKey: 'tenancy.operator.health' },
  { href: '/operator/jobs', messageKey: 'tenancy.operator.jobs' },
  { href: '/operator/audit', messageKey: 'tenancy.operator.audit' },
];

export function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  if (tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'visitor') throw redirect(signInPath(url));
  if (viewer.kind !== 'operator') throw data(null, { status: 403 });
  return null;
}

export default function OperatorLayout() {
  const t = useT();
  return <SectionPage label={t('tenancy.operator.title')} tabs={tabs}><Outlet /></SectionPage>;
}
