import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { VisuallyHidden } from './link.tsx';
import { closesOnLink, NavLink, type NavItem } from './navigation.tsx';

export type NavGroup = { key: string; label?: ReactNode; items: readonly NavItem[] };
export type SectionNavProps = { label: string; groups: readonly NavGroup[]; children: ReactNode };

/**
 * The parts of something large, in groups, beside the part that is open. Where there is no room for a column, it is a sheet behind a button that
 * says where one is: a native popover, so no JavaScript.
 */
export function SectionNav({ label, groups, children }: SectionNavProps) {
  const current = groups.flatMap(({ items }) => items).find((item) => item.current);
  return (
    <div className="ui-sections">
      <nav aria-label={label}>
        <button type="button" popoverTarget="ui-sections" className="ui-sections-toggle">
          {current?.icon}<span><VisuallyHidden>{label}: </VisuallyHidden>{current?.label ?? label}</span><ChevronDown aria-hidden="true" />
        </button>
        <div id="ui-sections" popover="auto" className="ui-sheet" ref={closesOnLink}>
          {groups.map(group => (
            <div key={group.key} className="ui-sections-group">
              {group.label && <p id={`ui-sections-${group.key}`}>{group.label}</p>}
              <ul className="ui-sheet-list" aria-labelledby={group.label ? `ui-sections-${group.key}` : undefined}>
                {group.items.map(item => <li key={item.href}><NavLink item={item} className="ui-menu-item" /></li>)}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div>{children}</div>
    </div>
  );
}
