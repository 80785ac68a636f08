import { createContext, createElement, useContext, type AnchorHTMLAttributes, type ComponentType, type ReactNode } from 'react';

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; children?: ReactNode };

const LinkContext = createContext<ComponentType<LinkProps> | 'a'>('a');

/** Gives every link of the design system the application's own link component (a router's); without it, plain anchors. */
export function LinkProvider({ component, children }: { component: ComponentType<LinkProps>; children: ReactNode }) {
  return <LinkContext value={component}>{children}</LinkContext>;
}

/** An anchor, rendered by the application's link component. No look of its own: see TextLink. */
export function Anchor(props: LinkProps) {
  return createElement(useContext(LinkContext), props);
}

/** A link within text. */
export function TextLink({ className, ...props }: LinkProps) {
  return <Anchor className={className ? `ui-link ${className}` : 'ui-link'} {...props} />;
}

/** The first thing that a keyboard reaches: goes to the page's main content. */
export function SkipLink({ children, target = 'main' }: { children: ReactNode; target?: string }) {
  return <a className="ui-skip" href={`#${target}`}>{children}</a>;
}

/** Text for screen readers alone. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="ui-hidden">{children}</span>;
}
