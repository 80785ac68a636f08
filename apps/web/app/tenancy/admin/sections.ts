import { Building2, ChartNoAxesColumn, Database, Flag, FolderTree, Gauge, Globe, LifeBuoy, Mail, MessageSquareWarning, ScrollText, ShieldCheck, Users, type LucideIcon } from 'lucide-react';
import type { PlainMessageKey } from '../../i18n/index.ts';

/** Any of the permissions suffices. */
export interface AdminSection { href: string; messageKey: PlainMessageKey; icon: LucideIcon; permissions: readonly string[] }
export interface AdminGroup { key: string; messageKey?: PlainMessageKey; sections: readonly AdminSection[] }

/** The parts of running an organisation, as they are looked for. */
export const adminGroups: readonly AdminGroup[] = [
  { key: 'overview', sections: [{ href: '/admin', messageKey: 'tenancy.admin.overview', icon: ChartNoAxesColumn, permissions: ['member:read', 'tenant:read', 'audit:read', 'role:read', 'invitation:read'] }] },
  {
    key: 'people', messageKey: 'tenancy.admin.group.people', sections: [
      { href: '/admin/members', messageKey: 'tenancy.admin.members', icon: Users, permissions: ['member:read'] },
      { href: '/admin/invitations', messageKey: 'tenancy.admin.invitations', icon: Mail, permissions: ['invitation:read'] },
      { href: '/admin/roles', messageKey: 'tenancy.admin.roles', icon: ShieldCheck, permissions: ['role:read'] },
    ],
  },
  {
    key: 'content', messageKey: 'tenancy.admin.group.content', sections: [
      { href: '/admin/categories', messageKey: 'tenancy.admin.categories', icon: FolderTree, permissions: ['category:manage'] },
      { href: '/admin/reviews', messageKey: 'tenancy.admin.reviews', icon: Flag, permissions: ['review:moderate'] },
      { href: '/admin/message-reports', messageKey: 'tenancy.admin.messageReports', icon: MessageSquareWarning, permissions: ['message:moderate'] },
    ],
  },
  {
    key: 'organisation', messageKey: 'tenancy.admin.title', sections: [
      { href: '/admin/settings', messageKey: 'tenancy.admin.settings', icon: Building2, permissions: ['tenant:read'] },
      { href: '/admin/domains', messageKey: 'tenancy.admin.domains', icon: Globe, permissions: ['tenant:read'] },
      { href: '/admin/limits', messageKey: 'tenancy.admin.limits', icon: Gauge, permissions: ['tenant:read'] },
    ],
  },
  {
    key: 'safety', messageKey: 'tenancy.admin.group.safety', sections: [
      { href: '/admin/audit', messageKey: 'tenancy.admin.audit', icon: ScrollText, permissions: ['audit:read'] },
      { href: '/admin/support-access', messageKey: 'tenancy.admin.support', icon: LifeBuoy, permissions: ['support:manage'] },
      { href: '/admin/data', messageKey: 'tenancy.admin.data', icon: Database, permissions: ['tenant:export'] },
    ],
  },
];

/** The addresses that somebody with these permissions may open, in order. */
export const adminPaths = (permissions: readonly string[]): string[] =>
  adminGroups.flatMap(({ sections }) => sections).filter((section) => section.permissions.some((one) => permissions.includes(one))).map(({ href }) => href);
