import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [route('learning', 'learning/home.tsx')],
  alone: [
    route('learn/:course', 'learning/resume.ts'),
    route('learn/:course/done', 'learning/done.tsx'),
    route('learn/:course/:lesson', 'learning/player.tsx'),
  ],
} satisfies ModuleRoutes;
