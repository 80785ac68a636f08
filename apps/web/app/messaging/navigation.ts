import { MessageSquare } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/messages', messageKey: 'shell.nav.messages', icon: MessageSquare, permission: 'message:read', viewers: ['member'], feature: 'learning' },
];
