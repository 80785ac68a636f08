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
  icon: LucideIcon;
  /** A permission, such as `course:create`; one limited to own things (`course:create:own`) suffices. */
  permission?: string;
  viewers?: WebViewer['kind'][];
  feature?: string;
}

export const navigation: NavigationItem[] = [...learning, ...catalog, ...messaging, ...interop, ...identity, ...tenancy];

export function visibleTo(item: NavigationItem, viewer: WebViewer, tenant: WebTenant | null): boolean {
  const { permission, viewers, feature } = item;
  return (!viewers || viewers.includes(viewer.kind))
    && (!permission || viewer.permissions.includes(permission) || viewer.permissions.includes(`${permission}:own`))
    && (!feature || tenant?.features[feature] === true);
}
