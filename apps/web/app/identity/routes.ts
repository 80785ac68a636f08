import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    layout('identity/account/layout.tsx', [
      route('account', 'identity/account/profile.tsx'),
      route('account/security', 'identity/account/security.tsx'),
      route('account/sessions', 'identity/account/sessions.tsx'),
    ]),
  ],
  alone: [
    route('sign-in', 'identity/sign-in.tsx'),
    route('sign-in/code', 'identity/sign-in-code.tsx'),
    route('sign-up', 'identity/sign-up.tsx'),
    route('sign-out', 'identity/sign-out.ts'),
    route('verify-email', 'identity/verify-email.tsx'),
    route('forgot-password', 'identity/forgot-password.tsx'),
    route('reset-password', 'identity/reset-password.tsx'),
    route('invitations/:token', 'identity/invitation.tsx'),
    route('join', 'identity/join.tsx'),
    route('setup', 'identity/setup.tsx'),
  ],
} satisfies ModuleRoutes;
