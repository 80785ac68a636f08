import type { LucideIcon } from 'lucide-react';
import type { WebTenant, WebViewer } from '../../web-context.ts';
import { navigation as catalog } from '../catalog/navigation.ts';
import type { PlainMessageKey } from '../i18n/index.ts';
import { navigation as identity } from '../identity/navigation.ts';
import { navigation as interop } from '../interop/navigation.ts';
import { navigation as learning } from '../learning/navigation.ts';
import { navigation as messaging } from '../messaging/navigation.ts';
import { navigation as tenancy } from '../tenancy/navigation.ts';

/** An entry of the main navigation. Every condition that it names must hold for it to be shown. */
export interface NavigationItem {
  to: string;
  /** Of the shell's own messages: those are on every page, and the browser takes over only with all that it needs at hand. */
  messageKey: Extract<PlainMessageKey, `shell.nav.${string}`>;
  /** On a phone. What comes late in the list stands in a sheet, and can do without: every page loads all icons. */
  icon?: LucideIcon;
  /** A permission, such as `course:create`, or several of which any suffices; so does one that is limited to own things (`course:create:own`). */
  permission?: string | readonly string[];
  viewers?: WebViewer['kind'][];
  feature?: string;
}

export const navigation: NavigationItem[] = [...learning, ...catalog, ...messaging, ...interop, ...identity, ...tenancy];

export function visibleTo(item: NavigationItem, viewer: WebViewer, tenant: WebTenant | null): boolean {
  const { permission, viewers, feature } = item;
  return (!viewers || viewers.includes(viewer.kind))
    && (!permission || [permission].flat().some((one) => viewer.permissions.includes(one) || viewer.permissions.includes(`${one}:own`)))
    && (!feature || tenant?.features[feature] === true);
}

/** Of addresses, the one that this page belongs to: the longest that it lies at or below. */
export const currentOf = (pathname: string, addresses: readonly string[]): string | undefined =>
  addresses.filter((to) => pathname === to || pathname.startsWith(`${to}/`)).toSorted((a, b) => b.length - a.length)[0];
