import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [],
  alone: [
    route('sign-in', 'identity/sign-in.tsx'),
    route('sign-in/code', 'identity/sign-in-code.tsx'),
    route('sign-up', 'identity/sign-up.tsx'),
    route('sign-out', 'identity/sign-out.ts'),
    route('verify-email', 'identity/verify-email.tsx'),
    route('forgot-password', 'identity/forgot-password.tsx'),
    route('reset-password', 'identity/reset-password.tsx'),
  ],
} satisfies ModuleRoutes;
