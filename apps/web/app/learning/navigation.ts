import { Sprout } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/learning', messageKey: 'shell.nav.learning', icon: Sprout, permission: 'enrollment:read:own', viewers: ['member'] },
];
