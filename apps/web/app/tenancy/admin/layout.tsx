/** Running an organisation: beside each part, the way to all others that the viewer may see. */
import { data, Outlet, redirect, useLocation } from 'react-router';
import { LinkButton, Notice, Page, SectionNav } from '@milpa/ui';
import { getDeletion } from '@milpa/tenancy/contract';
import { load, web } from '../../context.ts';
import { useFormat, useT } from '../../i18n/index.ts';
import { currentOf } from '../../shell/navigation.ts';
import { signInPath } from '../../shell/paths.ts';
import { adminGroups, adminPaths } from './sections.ts';
import type { Route } from './+types/layout';

export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, url } = web(context);
  if (!tenant) throw data(null, { status: 404 });
  if (viewer.kind === 'visitor') throw redirect(signInPath(url));
  const deletion = viewer.permissions.includes('tenant:delete') && viewer.permissions.includes('tenant:read') ? await load(context, getDeletion) : null;
  return { dueAt: deletion?.dueAt ?? null, shown: adminPaths(viewer.permissions) };
}

export default function AdminLayout({ loaderData: { shown, dueAt } }: Route.ComponentProps) {
  const t = useT();
  const current = currentOf(useLocation().pathname, shown);
  const groups = adminGroups.map(({ key, messageKey, sections }) => ({
    key, label: messageKey && t(messageKey),
    items: sections.filter(({ href }) => shown.includes(href)).map(({ href, messageKey: name, icon: Icon }) => ({ href, label: t(name), icon: <Icon aria-hidden="true" />, current: href === current })),
  })).filter(({ items }) => items.length > 0);
  return (
    <Page>
      <SectionNav label={t('tenancy.admin.sections')} groups={groups}>
        {dueAt && <DeletionNotice dueAt={dueAt} />}
        <Outlet />
      </SectionNav>
    </Page>
  );
}

/** As long as the organisation is about to be deleted, on every page of its admins but the one that says so itself. */
function DeletionNotice({ dueAt }: { dueAt: string }) {
  const t = useT();
  const format = useFormat();
  if (useLocation().pathname === '/admin/data') return null;
  return <div className="mt-6"><Notice tone="warning" title={t('tenancy.deletion.on', { date: format.dateTime(dueAt) })} actions={<LinkButton href="/admin/data" size="small">{t('tenancy.deletion.see')}</LinkButton>}>{t('tenancy.deletion.untilThen')}</Notice></div>;
}
