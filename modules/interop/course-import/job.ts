/** The import as a job: reads, tells how far it is, saves in one transaction, and ends in a report or in a problem. */
import { defineJob, Problem, systemActor, type Database, type Job, type JobContext, type ProblemParams, type Tenant, type TenantDirectory } from '@milpa/kernel';
import type { Storage } from '@milpa/media';
import { z } from 'zod';
import { PackageError } from '../package/types.ts';
import { problemOf, problems } from '../problems.ts';
import { progressWriter } from './progress.ts';
import { advanceRow, failRow, findImport, startRow, succeedRow } from './queries.ts';
import { withPackage } from './read.ts';
import { saveCourse } from './save.ts';
import { dropPackage, packagePath } from './uploads.ts';

export interface ImportDependencies { database: Database; directory: TenantDirectory; storage: Storage; workDirectory: string }

/** What endpoints need of the job to ask for it. */
export const importRequest = { name: 'interop.importCourse', maxAttempts: 3 };
/** How far an import is, in per cent, when its package has been read, and when its files have been stored. */
const readShare = 70;
const storedShare = 95;

/** What cannot be read fails at once, with its reason; what nobody foresaw is tried again, and fails with the last try. */
export function importJob(dependencies: ImportDependencies): Job<{ tenantId: string; importId: string }> {
  const { database, directory, workDirectory } = dependencies;
  return defineJob({
    ...importRequest, payload: z.object({ tenantId: z.uuid(), importId: z.uuid() }),
    async run({ tenantId, importId }, context) {
      const tenant = await directory.byId(tenantId);
      // A tenant that is gone leaves its packages to the sweep.
      if (!tenant) return;
      const row = await database.withTenant(tenant, systemActor, (tx) => startRow(tx, importId));
      const file = packagePath(workDirectory, tenantId, importId);
      try {
        if (row) await importPackage(dependencies, { tenant, importId, file, ...row }, context);
      } catch (error) {
        const problem = refusalOf(error);
        if (!problem && (!context.lastAttempt || context.signal.aborted)) throw error;
        await database.withTenant(tenant, systemActor, (tx) => failRow(tx, importId, problem?.code ?? problems.import_failed, problem?.params ?? {}));
        // Of what nobody foresaw, the operator hears too.
        if (!problem) throw error;
      } finally {
        if (await hasEnded(database, tenant, importId)) await dropPackage(file);
      }
    },
  });
}

interface Task { tenant: Tenant; importId: string; file: string; fileName: string; requestedBy: string | null }

async function importPackage({ database, storage, workDirectory }: ImportDependencies, task: Task, { signal, log, progress: tellOperator }: JobContext): Promise<void> {
  const { tenant, importId, file, fileName } = task;
  const progress = progressWriter(
    async (step, percent) => {
      await database.withTenant(tenant, systemActor, (tx) => advanceRow(tx, importId, step, percent));
      await tellOperator?.(percent);
    },
    (error) => log.warn({ err: error }, 'The progress of an import could not be written'),
  );
  await withPackage({ tenant, file, name: fileName, workDirectory }, (share) => progress.reached('reading', share * readShare), async (read) => {
    signal.throwIfAborted();
    // The course belongs to who asked for it.
    await database.withTenant(tenant, { ...systemActor, memberId: task.requestedBy }, async (tx) => {
      const saved = await saveCourse(tx, tenant, storage, read, (share) => progress.reached('saving', readShare + share * (storedShare - readShare)));
      // Not before: the last progress must not wait for this row, nor this row for it.
      await progress.settled();
      await succeedRow(tx, importId, saved);
    });
  }).finally(() => progress.settled());
}

/** Why the package, or the organisation's plan, stands against the import; null for what nobody foresaw. */
function refusalOf(error: unknown): { code: string; params: ProblemParams } | null {
  if (error instanceof PackageError) return problemOf(error);
  return error instanceof Problem ? { code: error.code, params: error.params } : null;
}

const hasEnded = async (database: Database, tenant: Tenant, importId: string): Promise<boolean> => {
  const row = await database.readTenant(tenant, systemActor, (tx) => findImport(tx, importId));
  return !row || row.status === 'succeeded' || row.status === 'failed';
};
