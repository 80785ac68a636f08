import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from './button.tsx';
import { Anchor } from './link.tsx';

export type NavItem = { href: string; label: ReactNode; icon?: ReactNode; current?: boolean; badge?: ReactNode };

/** The way from the root to this page's parent; the page itself is its h1. */
export function Breadcrumbs({ label, items }: { label: string; items: ReadonlyArray<{ href: string; label: ReactNode }> }) {
  return (
    <nav className="ui-crumbs" aria-label={label}>
      <ol>
        {items.map(item => <li key={item.href}><Anchor href={item.href}>{item.label}</Anchor><ChevronRight className="ui-mirror" aria-hidden="true" /></li>)}
      </ol>
    </nav>
  );
}

type PageLink = { href: string; label: ReactNode };
export type PaginationProps = { label: string; previous?: PageLink | undefined; next?: PageLink | undefined };

/** Previous and next of a cursor page. Nothing when there is only one page. */
export function Pagination({ label, previous, next }: PaginationProps) {
  if (!previous && !next) return null;
  return (
    <nav className="ui-pagination" aria-label={label}>
      {previous && <LinkButton href={previous.href} rel="prev"><ChevronLeft className="ui-mirror" aria-hidden="true" />{previous.label}</LinkButton>}
      {next && <LinkButton href={next.href} rel="next" className="ui-push">{next.label}<ChevronRight className="ui-mirror" aria-hidden="true" /></LinkButton>}
    </nav>
  );
}

/** Parts of one thing, each at its own address: links that look like tabs. */
export function Tabs({ label, items }: { label: string; items: readonly NavItem[] }) {
  return (
    <nav className="ui-tabs" aria-label={label} ref={showsCurrent}>
      <ul>{items.map(item => <li key={item.href}><NavLink item={item} /></li>)}</ul>
    </nav>
  );
}

/** For the ref of tabs that may be wider than a phone: the one that is open stands in sight. */
function showsCurrent(tabs: HTMLElement | null): void {
  const current = tabs?.querySelector('[aria-current]')?.getBoundingClientRect();
  if (!tabs || !current) return;
  const box = tabs.getBoundingClientRect();
  tabs.scrollBy({ left: current.left + current.width / 2 - box.left - box.width / 2, behavior: 'instant' });
}

/** For the ref of a sheet: a router changes the page without leaving the document, so an open sheet has to be closed by hand. */
export function closesOnLink(sheet: HTMLElement | null) {
  if (!sheet) return undefined;
  const onClick = (event: MouseEvent) => { if ((event.target as Element).closest('a')) sheet.hidePopover?.(); };
  sheet.addEventListener('click', onClick);
  return () => sheet.removeEventListener('click', onClick);
}

/** One item of a navigation. */
export function NavLink({ item, className }: { item: NavItem; className?: string }) {
  return (
    <Anchor href={item.href} className={className} aria-current={item.current ? 'page' : undefined}>
      {item.icon}<span>{item.label}</span>{item.badge}
    </Anchor>
  );
}

export type Step = { label: ReactNode; state: 'done' | 'current' | 'ahead'; href?: string; note?: ReactNode };

/** Where one is in a task of several stages. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <nav aria-label={label}>
      <ol className="ui-steps">
        {steps.map((step, i) => (
          <li key={i} className="ui-step" data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span className="ui-step-mark" aria-hidden="true">{step.state === 'done' && <Check />}</span>
            <span className="ui-step-text">
              {step.href ? <Anchor href={step.href}>{step.label}</Anchor> : step.label}
              {step.note && <span className="ui-hint">{step.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
