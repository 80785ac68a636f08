/** Running an organisation: one tab for each part that the viewer may see. */
import { data, Outlet, redirect, useLocation } from 'react-router';
import { LinkButton, Notice } from '@milpa/ui';
import { getDeletion } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { signInPath } from '../../shell/paths.ts';
import { SectionPage, type SectionTab } from '../section.tsx';
import type { Route } from './+types/layout';

const tabs: (SectionTab & { permission: string })[] = [
  { href: '/admin', messageKey: 'tenancy.admin.overview', permission: 'member:read' },
  { href: '/admin/members', messageKey: 'tenancy.admin.members', permission: 'member:read' },
  { href: '/admin/invitations', messageKey: 'tenancy.admin.invitations', permission: 'invitation:read' },
  { href: '/admin/roles', messageKey: 'tenancy.admin.roles', permission: 'role:read' },
  { href: '/admin/settings', messageKey: 'tenancy.admin.settings', permission: 'tenant:read' },
  { href: '/admin/domains', messageKey: 'tenancy.admin.domains', permission: 'tenant:read' },
  { href: '/admin/limits', messageKey: 'tenancy.admin.limits', permission: 'tenant:read' },
  { href: '/admin/reviews', messageKey: 'tenancy.admin.reviews', permission: 'review:moderate' },
  { href: '/admin/message-reports', messageKey: 'tenancy.admin.messageReports', permission: 'message:moderate' },
  { href: '/admin/audit', messageKey: 'tenancy.admin.audit', permission: 'audit:read' },
  { href: '/admin/support-access', messageKey: 'tenancy.admin.support', permission: 'support:manage' },
  { href: '/admin/data', messageKey: 'tenancy.admin.data', permission: 'tenant:export' },
];

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'visitor') throw redirect(signInPath(url));
  const deletion = viewer.permissions.includes('tenant:delete') && viewer.permissions.includes('tenant:read') ? await load(context, getDeletion) : null;
  return { dueAt: deletion?.dueAt ?? null, shown: tabs.filter(({ permission }) => viewer.permissions.includes(permission)).map(({ href }) => href) };
}

export default function AdminLayout({ loaderData: { shown, dueAt } }: Route.ComponentProps) {
  const t = useT();
  return <SectionPage label={t('tenancy.admin.title')} tabs={tabs.filter(({ href }) => shown.includes(href))}>{dueAt && <DeletionNotice dueAt={dueAt} />}<Outlet /></SectionPage>;
}

/** As long as the organisation is about to be deleted, on every page of its admins but the one that says so itself. */
function DeletionNotice({ dueAt }: { dueAt: string }) {
  const t = useT();
  const format = useFormat();
  if (useLocation().pathname === '/admin/data') return null;
  return <div className="mb-6"><Notice tone="warning" title={t('tenancy.deletion.on', { date: format.dateTime(dueAt) })} actions={<LinkButton href="/admin/data" size="small">{t('tenancy.deletion.see')}</LinkButton>}>{t('tenancy.deletion.untilThen')}</Notice></div>;
}
