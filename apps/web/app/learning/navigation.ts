import { Sprout } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/learning', messageKey: 'learning.title', icon: Sprout, permission: 'enrollment:read:own', viewers: ['member'] },
];
