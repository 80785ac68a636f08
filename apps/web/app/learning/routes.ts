import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('learning', 'learning/home.tsx'),
    route('learning/notes', 'learning/notes.tsx'),
  ],
  alone: [
    route('offline', 'learning/offline.tsx'),
    route('learning/reading', 'learning/lesson/keep-reading.ts'),
    route('learning/notes/export', 'learning/notes-export.ts'),
    route('learn/:course', 'learning/resume.ts'),
    route('learn/:course/done', 'learning/done.tsx'),
    route('learn/:course/:lesson', 'learning/player.tsx'),
  ],
} satisfies ModuleRoutes;
