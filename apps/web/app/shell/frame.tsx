import { useLocation, useRouteLoaderData } from 'react-router';
import { AppShell, Avatar, Badge, VisuallyHidden, LanguageSwitch, LinkButton, Menu, MenuButton, MenuGroup, MenuLink, ThemeSwitch } from '@milpa/ui';
import { LogOut, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { locales } from '../i18n/intl.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { usePage } from '../page.tsx';
import type { loader } from '../root.tsx';
import { currentOf, navigation } from './navigation.ts';
import { preferencesPath, signInPath, signOutPath } from './paths.ts';
import { useUnread } from './unread.ts';

/** The common shell, filled from the root's data; without them, as where a visitor is refused, it has nothing to offer but itself. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useT();
  const format = useFormat();
  const root = useRouteLoaderData<typeof loader>('root');
  const { pathname } = useLocation();
  const unread = useUnread(root?.navigation.includes('/messages') ? root.unread : null);
  const current = currentOf(pathname, root?.navigation ?? []);
  const items = navigation.filter((item) => root?.navigation.includes(item.to)).map(({ to, messageKey, icon: Icon }) => ({
    href: to,
    label: t(messageKey),
    icon: Icon && <Icon aria-hidden="true" />,
    current: to === current,
    badge: to === '/messages' && unread > 0 ? <Badge tone="squash">{format.number(unread)}<VisuallyHidden> {t('shell.unread')}</VisuallyHidden></Badge> : undefined,
  }));
  return (
    <AppShell
      skipLabel={t('shell.skipToContent')}
      brand={{ href: '/', name: root?.tenant?.name ?? t('shell.product'), logo: root?.tenant?.logoUrl ?? undefined }}
      navigation={items}
      navigationLabel={t('shell.navigation')}
      moreLabel={t('shell.more')}
      account={root && root.viewer.kind !== 'support' && <Account name={root.viewer.kind === 'visitor' ? null : root.viewer.name} />}
      footer={<Preferences />}
    >
      {children}
    </AppShell>
  );
}

function Account({ name }: { name: string | null }) {
  const t = useT();
  const { pathname, search } = useLocation();
  if (name === null) return <LinkButton href={signInPath({ pathname, search })} look="quiet">{t('shell.signIn')}</LinkButton>;
  return (
    <Menu label={t('shell.accountOf', { name })} trigger={<Avatar name={name} size="small" />}>
      <MenuGroup><p><bdi>{name}</bdi></p></MenuGroup>
      <MenuLink href="/account" icon={<UserRound aria-hidden="true" />}>{t('shell.account')}</MenuLink>
      <form method="post" action={signOutPath}>
        <MenuButton icon={<LogOut aria-hidden="true" className="ui-mirror" />}>{t('shell.signOut')}</MenuButton>
      </form>
    </Menu>
  );
}

/** Language and theme. Plain forms: the document is loaded anew in the chosen one, with or without JavaScript. */
export function Preferences() {
  const t = useT();
  const { locale, theme } = usePage();
  const { pathname, search } = useLocation();
  // Each language is named in itself, whatever the reader's is.
  const languages = locales.map((one) => ({ locale: one, label: t(`shell.language.${one}`) }));
  const hidden = { back: pathname + search };
  return (
    <div className="ui-cluster ui-between">
      <LanguageSwitch action={preferencesPath} label={t('shell.language')} value={locale} languages={languages} hidden={hidden} />
      <ThemeSwitch
        action={preferencesPath}
        label={t('shell.theme')}
        value={theme}
        labels={{ light: t('shell.theme.light'), dark: t('shell.theme.dark'), system: t('shell.theme.system') }}
        hidden={hidden}
      />
    </div>
  );
}
