import { LibraryBig, Presentation } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/courses', messageKey: 'shell.nav.courses', icon: LibraryBig, permission: 'course:read' },
  { to: '/teaching', messageKey: 'shell.nav.teaching', icon: Presentation, permission: 'course:update', viewers: ['member', 'support'] },
];
