import type { NavigationItem } from '../shell/navigation.ts';

export const navigation: NavigationItem[] = [];
