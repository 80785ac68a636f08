import { PackageOpen } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/imports', messageKey: 'interop.nav', icon: PackageOpen, permission: 'course_import:create', feature: 'import' },
];
