import { layout, route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('messages', 'messaging/inbox.tsx'),
    route('messages/new/:courseId', 'messaging/new.tsx'),
    route('messages/:threadId', 'messaging/thread.tsx'),
    layout('tenancy/admin/layout.tsx', { id: 'tenancy/admin/messaging' }, [route('admin/message-reports', 'messaging/reports.tsx')]),
  ],
  alone: [],
} satisfies ModuleRoutes;
