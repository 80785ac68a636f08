import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Anchor, SkipLink } from './link.tsx';
import { Logo } from './logo.tsx';
import { closesOnLink, NavLink, type NavItem } from './navigation.tsx';

export type Brand = { href: string; name: string; logo?: string | undefined };

/** The tenant's logo, or the Milpa mark, and its name. */
export function BrandLink({ href, name, logo }: Brand) {
  return (
    <Anchor href={href} className="ui-brand">
      {logo ? <img src={logo} alt="" height={32} /> : <Logo />}
      <span dir="auto">{name}</span>
    </Anchor>
  );
}

export type AppShellProps = {
  skipLabel: string;
  brand: Brand;
  navigation: readonly NavItem[];
  navigationLabel: string;
  /** The label of what holds the items that a phone's bar has no room for. */
  moreLabel: string;
  /** Beside the account: search, notifications. */
  actions?: ReactNode;
  /** The account Menu, or a sign-in link. */
  account?: ReactNode;
  /** Above everything: an announcement of the tenant. */
  banner?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/** How many items have room in the bar of a phone, and in the top bar of a desk. */
const PHONE_ITEMS = 4;
const DESK_ITEMS = 6;

/** Top bar, content, footer. On phones the navigation is a bar at the foot, and its rest a native popover: no JavaScript. */
export function AppShell({ skipLabel, brand, navigation, navigationLabel, moreLabel, actions, account, banner, footer, children }: AppShellProps) {
  const crowded = navigation.length > PHONE_ITEMS + 1;
  const rest = crowded ? navigation.slice(PHONE_ITEMS) : [];
  return (
    <div className="ui-app">
      <SkipLink>{skipLabel}</SkipLink>
      {banner}
      <header className="ui-top">
        <div className="ui-page ui-top-row">
          <BrandLink {...brand} />
          {navigation.length > 0 && (
            <nav className="ui-nav" aria-label={navigationLabel}>
              <ul>
                {navigation.map((item, i) => <li key={item.href} data-rest={crowded ? restFrom(i) : undefined}><NavLink item={item} /></li>)}
                {crowded && (
                  <li className="ui-nav-more" data-desk={navigation.length > DESK_ITEMS || undefined}>
                    <button type="button" popoverTarget="ui-more" data-current={rest.some(item => item.current) || undefined}><Ellipsis aria-hidden="true" /><span>{moreLabel}</span></button>
                  </li>
                )}
              </ul>
            </nav>
          )}
          <div className="ui-top-end">{actions}{account}</div>
        </div>
      </header>
      {crowded && (
        <div id="ui-more" popover="auto" className="ui-sheet" ref={closesOnLink}>
          <nav aria-label={moreLabel}><ul className="ui-sheet-list">{rest.map((item, i) => <li key={item.href} data-rest={restFrom(i + PHONE_ITEMS)}><NavLink item={item} className="ui-menu-item" /></li>)}</ul></nav>
        </div>
      )}
      <main id="main" tabIndex={-1} className="ui-main">{children}</main>
      {footer && <footer className="ui-footer"><div className="ui-page">{footer}</div></footer>}
    </div>
  );
}

/** Where an item moves into the sheet: on phones, or everywhere. */
function restFrom(index: number): 'phone' | 'desk' | undefined {
  if (index >= DESK_ITEMS) return 'desk';
  return index >= PHONE_ITEMS ? 'phone' : undefined;
}
