import { basename } from 'node:path';
import { Problem, type Actor, type Tenant } from '@milpa/kernel';
import { PackageError } from '../package/types.ts';
import { problemOf } from '../problems.ts';
import type { ImportDependencies } from './job.ts';
import { withPackage } from './read.ts';
import { saveCourse, type SavedCourse } from './save.ts';

/**
 * Imports a package at once, from a zip file or a folder on this machine: for seeding and the command line. The course belongs to the
 * actor's member; to nobody when the actor is the system. `onProgress` hears per cent.
 * @throws Problem `interop.<code>` when the package cannot be read, `kernel.limit_reached`.
 */
export async function importNow(
  { database, storage, workDirectory }: Omit<ImportDependencies, 'directory'>, tenant: Tenant, actor: Actor, file: string, onProgress: (percent: number) => void = () => {},
): Promise<SavedCourse> {
  try {
    return await withPackage({ tenant, file, name: basename(file), workDirectory }, (share) => onProgress(share * 70), (read) =>
      database.withTenant(tenant, actor, async (tx) => {
        const saved = await saveCourse(tx, tenant, storage, read, (share) => onProgress(70 + share * 30));
        onProgress(100);
        return saved;
      }));
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    const { code, params } = problemOf(error);
    throw new Problem(code, { params, cause: error });
  }
}
