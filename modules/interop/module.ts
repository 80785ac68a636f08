import { catalogProblems, findCourse, maySeeCourse, type CourseRow } from '@milpa/catalog';
import { defineModule, olderThan, route, routeOwned, type Module, type Tx } from '@milpa/kernel';
import './tables.ts';
import * as exportContract from './course-export/contract.ts';
import * as courseExport from './course-export/course-export.ts';
import * as contract from './course-import/contract.ts';
import * as courseImport from './course-import/course-import.ts';
import { importJob, type ImportDependencies } from './course-import/job.ts';
import type { ImportRowWithReport } from './course-import/queries.ts';
import { sweep } from './course-import/sweep.ts';
import { problems } from './problems.ts';

/** Who may edit a course may take it along; to everybody else there is no such thing. */
const ownCourse = {
  resource: async (tx: Tx, { params }: { params: { courseId: string } }): Promise<CourseRow | null> => await findCourse(tx, params.courseId) ?? null,
  notFound: catalogProblems.course_not_found, ownerId: (row: CourseRow) => row.ownerMemberId, isVisible: maySeeCourse,
};

export function interopModule(dependencies: ImportDependencies): Module {
  const sweeping = sweep(dependencies);
  const module = defineModule({
    name: 'interop',
    feature: 'import',
    memberData: { 'interop.course_import': { requested_by: ['record', 'move'] }, 'interop.course_export': { requested_by: ['record', 'move'] } },
    permissions: ['course_import:create', 'course_import:read', 'course_import:read:own'],
    supportPermissions: ['course_import:read'],
    routes: [
      route(contract.createImport, ({ tx, tenant, request, query, body }) => courseImport.request(tx, tenant, request.locale, dependencies.workDirectory, query.name, body)),
      routeOwned(contract.listImports, { actor: 'lists the actor’s own, or all for who may read all' }, ({ tx, actor, request, query }) => courseImport.list(tx, actor, request.locale, query)),
      routeOwned(contract.getImport, { resource: courseImport.importForReading, notFound: problems.import_not_found, ownerId: (row: ImportRowWithReport) => row.requestedBy },
        ({ tx, request, resource }) => courseImport.withReport(tx, request.locale, resource)),
    ],
    jobs: [importJob(dependencies), courseExport.exportJob(dependencies), sweeping.job],
    schedules: [sweeping.schedule],
    purges: { 'interop.courseExport': courseExport.deleteExpired, 'interop.courseImport': olderThan(365, 'interop.courseImport', 'finishedAt') },
  });
  // Whoever may edit a course takes it along, also where importing is off.
  return { ...module, routes: [
    ...module.routes,
    routeOwned(exportContract.requestExport, ownCourse, ({ tx, tenant, resource, body }) => courseExport.request(tx, tenant, resource, body.format)),
    routeOwned(exportContract.listExports, ownCourse, async ({ tx, resource }) => ({ data: await courseExport.list(tx, resource) })),
    routeOwned(exportContract.getExport, ownCourse, ({ tx, resource, params }) => courseExport.read(tx, dependencies.storage, resource, params.courseExportId)),
  ] };
}
