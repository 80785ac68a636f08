import { PackageOpen } from 'lucide-react';
import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [
  { to: '/imports', messageKey: 'shell.nav.imports', icon: PackageOpen, permission: 'course_import:create', feature: 'import' },
];
