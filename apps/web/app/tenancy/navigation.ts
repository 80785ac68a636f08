import { Building2, Server } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/admin', messageKey: 'shell.nav.admin', icon: Building2, permission: 'member:read', viewers: ['member', 'support'] },
  { to: '/operator', messageKey: 'shell.nav.operator', icon: Server, viewers: ['operator'] },
];
