import { defineModule, route, routeOwned, type Module } from '@milpa/kernel';
import './tables.ts';
import * as contract from './course-import/contract.ts';
import * as courseImport from './course-import/course-import.ts';
import { importJob, type ImportDependencies } from './course-import/job.ts';
import type { ImportRowWithReport } from './course-import/queries.ts';
import { sweep } from './course-import/sweep.ts';
import { problems } from './problems.ts';

export function interopModule(dependencies: ImportDependencies): Module {
  const sweeping = sweep(dependencies);
  return defineModule({
    name: 'interop',
    feature: 'import',
    memberData: { 'interop.course_import': { requested_by: 'record' } },
    permissions: ['course_import:create', 'course_import:read', 'course_import:read:own'],
    routes: [
      route(contract.createImport, ({ tx, tenant, request, query, body }) => courseImport.request(tx, tenant, request.locale, dependencies.workDirectory, query.name, body)),
      routeOwned(contract.listImports, { actor: 'lists the actor’s own, or all for who may read all' }, ({ tx, actor, request, query }) => courseImport.list(tx, actor, request.locale, query)),
      routeOwned(contract.getImport, { resource: courseImport.importForReading, notFound: problems.import_not_found, ownerId: (row: ImportRowWithReport) => row.requestedBy },
        ({ tx, request, resource }) => courseImport.withReport(tx, request.locale, resource)),
    ],
    jobs: [importJob(dependencies), sweeping.job],
    schedules: [sweeping.schedule],
  });
}
