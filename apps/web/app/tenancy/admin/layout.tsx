/** Running an organisation: one tab for each part that the viewer may see. */
import { data, Outlet, redirect } from 'react-router';
import { web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { signInPath } from '../../shell/paths.ts';
import { SectionPage, type SectionTab } from '../section.tsx';
import type { Route } from './+types/layout';

const tabs: (SectionTab & { permission: string })[] = [
  { href: '/admin', messageKey: 'tenancy.admin.overview', permission: 'member:read' },
  { href: '/admin/members', messageKey: 'tenancy.admin.members', permission: 'member:read' },
  { href: '/admin/invitations', messageKey: 'tenancy.admin.invitations', permission: 'invitation:read' },
  { href: '/admin/roles', messageKey: 'tenancy.admin.roles', permission: 'role:read' },
  { href: '/admin/settings', messageKey: 'tenancy.admin.settings', permission: 'tenant:read' },
  { href: '/admin/reviews', messageKey: 'tenancy.admin.reviews', permission: 'review:moderate' },
  { href: '/admin/message-reports', messageKey: 'tenancy.admin.messageReports', permission: 'message:moderate' },
  { href: '/admin/audit', messageKey: 'tenancy.admin.audit', permission: 'audit:read' },
];

export function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'visitor') throw redirect(signInPath(url));
  return { shown: tabs.filter(({ permission }) => viewer.permissions.includes(permission)).map(({ href }) => href) };
}

export default function AdminLayout({ loaderData: { shown } }: Route.ComponentProps) {
  const t = useT();
  return <SectionPage label={t('tenancy.admin.title')} tabs={tabs.filter(({ href }) => shown.includes(href))}><Outlet /></SectionPage>;
}
