import { Building2, CreditCard, HeartPulse, Server } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

const viewers: NavigationItem['viewers'] = ['operator'];

export const navigation: NavigationItem[] = [
  // Whoever administers a part of the organisation; the rest of it is not shown to them.
  { to: '/admin', messageKey: 'shell.nav.admin', icon: Building2, permission: ['member:read', 'tenant:read', 'audit:read', 'role:read', 'invitation:read', 'category:manage', 'review:moderate', 'message:moderate', 'support:manage', 'tenant:export'], viewers: ['member', 'support'] },
  { to: '/operator', messageKey: 'shell.nav.operator', icon: Server, viewers },
  { to: '/operator/tenants', messageKey: 'shell.nav.tenants', icon: Building2, viewers },
  { to: '/operator/plans', messageKey: 'shell.nav.plans', icon: CreditCard, viewers },
  { to: '/operator/health', messageKey: 'shell.nav.health', icon: HeartPulse, viewers },
  { to: '/operator/jobs', messageKey: 'shell.nav.jobs', viewers },
  { to: '/operator/audit', messageKey: 'shell.nav.audit', viewers },
];
