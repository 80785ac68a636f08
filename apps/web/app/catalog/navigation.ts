import { FolderTree, LibraryBig, Presentation } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/courses', messageKey: 'catalog.courses', icon: LibraryBig, permission: 'course:read' },
  { to: '/teaching', messageKey: 'catalog.teaching', icon: Presentation, permission: 'course:update', viewers: ['member'] },
  { to: '/admin/categories', messageKey: 'catalog.categories', icon: FolderTree, permission: 'category:manage' },
];
