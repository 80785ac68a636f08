import { route } from '@react-router/dev/routes';
import type { ModuleRoutes } from '../module-routes.ts';

export default {
  inShell: [
    route('teaching/:courseId/learners', 'teaching/learners.tsx'),
    route('teaching/:courseId/learners/:memberId', 'teaching/learner.tsx'),
    route('teaching/:courseId/progress', 'teaching/progress.tsx'),
    route('teaching/:courseId/cohorts', 'teaching/cohorts.tsx'),
    route('teaching/:courseId/cohorts/:cohortId', 'teaching/cohort.tsx'),
    route('teaching/:courseId/enroll', 'teaching/enroll.tsx'),
    route('teaching/:courseId/enroll/:bulkId', 'teaching/enroll-list.tsx'),
    route('teaching/:courseId/messages', 'teaching/write.tsx'),
  ],
  alone: [],
} satisfies ModuleRoutes;
