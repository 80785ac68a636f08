/** What other modules, the command line and seeding may call. */
import './tables.ts';

export { importNow } from './course-import/import-now.ts';
export type { ImportDependencies } from './course-import/job.ts';
export type { SavedCourse } from './course-import/save.ts';
export { exportName, writeExport } from './course-export/course-export.ts';
