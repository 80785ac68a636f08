import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    layout('identity/account/layout.tsx', [
      route('account', 'identity/account/profile.tsx'),
      route('account/preferences', 'identity/account/preferences.tsx'),
      route('account/security', 'identity/account/security.tsx'),
      route('account/sessions', 'identity/account/sessions.tsx'),
      route('account/data', 'identity/account/data.tsx'),
    ]),
    layout('tenancy/admin/layout.tsx', { id: 'tenancy/admin/people' }, [
      route('admin/members', 'identity/admin/members.tsx'),
      route('admin/members/:memberId', 'identity/admin/member.tsx'),
      route('admin/members/:memberId/merge', 'identity/admin/merge.tsx'),
      route('admin/invitations', 'identity/admin/invitations.tsx'),
      route('admin/invitations/many', 'identity/admin/invite-many.tsx'),
      route('admin/invitations/many/:bulkId', 'identity/admin/invite-list.tsx'),
      route('admin/roles', 'identity/admin/roles.tsx'),
      route('admin/roles/new', 'identity/admin/role.tsx', { id: 'identity/admin/new-role' }),
      route('admin/roles/:roleId', 'identity/admin/role.tsx'),
      route('admin/support-access', 'identity/admin/support-access.tsx'),
    ]),
  ],
  alone: [
    route('sign-in', 'identity/sign-in.tsx'),
    route('sign-in/code', 'identity/sign-in-code.tsx'),
    route('confirm', 'identity/confirm.tsx'),
    route('sign-up', 'identity/sign-up.tsx'),
    route('sign-out', 'identity/sign-out.ts'),
    route('verify-email', 'identity/verify-email.tsx'),
    route('forgot-password', 'identity/forgot-password.tsx'),
    route('reset-password', 'identity/reset-password.tsx'),
    route('invitation', 'identity/invitation.tsx'),
    route('join', 'identity/join.tsx'),
    route('setup', 'identity/setup.tsx'),
    route('support', 'identity/admin/support-entry.tsx'),
  ],
} satisfies ModuleRoutes;
