import { clsx } from 'clsx';
import { useEffect, useRef, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { Anchor, VisuallyHidden, type LinkProps } from './link.tsx';

export type MenuProps = {
  /** What the trigger is called when it shows no words of its own. */
  label?: string;
  trigger: ReactNode;
  children: ReactNode;
  /** The edge of the trigger that the menu keeps to. */
  align?: 'start' | 'end';
  /** Opens upward: for menus at the foot of the screen. */
  up?: boolean;
  className?: string;
};

/**
 * A disclosure of links and buttons (native details, so it opens before JavaScript runs). With JavaScript it also closes
 * on Escape, on a click elsewhere and on a choice.
 */
export function Menu({ label, trigger, children, align = 'end', up, className }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const element = menu.current;
    if (!element) return;
    const close = () => { element.open = false; };
    const onPointer = (event: PointerEvent) => { if (!element.contains(event.target as Node)) close(); };
    const onClick = (event: MouseEvent) => { if ((event.target as Element).closest('a')) close(); };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !element.open) return;
      close();
      element.querySelector('summary')?.focus();
    };
    element.addEventListener('click', onClick);
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('click', onClick);
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <details ref={menu} className={clsx('ui-menu', className)} name="ui-menu">
      <summary className="ui-menu-trigger">{label && <VisuallyHidden>{label}</VisuallyHidden>}{trigger}</summary>
      <div className="ui-menu-panel" data-align={align} data-up={up || undefined}>{children}</div>
    </details>
  );
}

export function MenuLink({ icon, children, className, ...props }: LinkProps & { icon?: ReactNode }) {
  return <Anchor className={clsx('ui-menu-item', className)} {...props}>{icon}<span>{children}</span></Anchor>;
}

/** Within a form of its own, it submits; sign-out is one. */
export function MenuButton({ icon, children, className, type = 'submit', ...props }: ButtonHTMLAttributes<HTMLButtonElement> & { icon?: ReactNode }) {
  return <button type={type} className={clsx('ui-menu-item', className)} {...props}>{icon}<span>{children}</span></button>;
}

/** A part of a menu, with a line above it; not a choice. */
export function MenuGroup({ children }: { children: ReactNode }) {
  return <div className="ui-menu-group">{children}</div>;
}
