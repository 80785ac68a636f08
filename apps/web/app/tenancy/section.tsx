import { useLocation } from 'react-router';
import { Page, Tabs } from '@milpa/ui';
import type { ReactNode } from 'react';
import { useT, type PlainMessageKey } from '../i18n/index.ts';

export interface SectionTab { href: string; messageKey: PlainMessageKey }

/** A page of a section: the section's tabs, then the screen. The first tab is the section's own address. */
export function SectionPage({ label, tabs, children }: { label: string; tabs: readonly SectionTab[]; children: ReactNode }) {
  const t = useT();
  const { pathname } = useLocation();
  const root = tabs[0]?.href;
  const items = tabs.map(({ href, messageKey }) => ({
    href, label: t(messageKey), current: pathname === href || (href !== root && pathname.startsWith(`${href}/`)),
  }));
  return (
    <Page>
      {tabs.length > 1 && <div key={pathname} ref={showCurrent}><Tabs label={label} items={items} /></div>}
      {children}
    </Page>
  );
}

/** On a phone the tabs scroll sideways: the current one should be in sight. */
function showCurrent(bar: HTMLElement | null) {
  bar?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
