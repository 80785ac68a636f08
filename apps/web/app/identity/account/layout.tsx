/** The account's screens: one head, and a tab for each. */
import { Outlet, useLocation, useRouteLoaderData } from 'react-router';
import { Page, PageHeader, Tabs } from '@milpa/ui';
import { useT } from '../../i18n/index.ts';
import type { loader } from '../../root.tsx';
import { Title } from '../../shell/title.tsx';

export default function AccountLayout() {
  const t = useT();
  const { pathname } = useLocation();
  const isMember = useRouteLoaderData<typeof loader>('root')?.viewer.kind === 'member';
  const tabs = [
    { href: '/account', label: t('identity.account.profile') },
    ...(isMember ? [{ href: '/account/preferences', label: t('identity.account.preferences') }] : []),
    { href: '/account/security', label: t('identity.account.security') },
    { href: '/account/sessions', label: t('identity.account.sessions') },
    { href: '/account/data', label: t('identity.account.data') },
  ];
  return (
    <Page narrow>
      <Title>{t('identity.account.title')}</Title>
      <PageHeader title={t('identity.account.title')} />
      <Tabs label={t('identity.account.parts')} items={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))} />
      <Outlet />
    </Page>
  );
}
