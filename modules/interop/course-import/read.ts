import type { Tenant } from '@milpa/kernel';
import { readPackageInWorker } from '../package/run.ts';
import { DEFAULT_LIMITS, type CoursePackage, type PackageLimits } from '../package/types.ts';
import { withReadingFolder } from './uploads.ts';

export interface PackageSource { tenant: Tenant; file: string; /** What the person called it. */ name: string; workDirectory: string }

/** No package may unpack to more than the tenant can keep. */
const limitsOf = (tenant: Tenant): PackageLimits => ({ ...DEFAULT_LIMITS, maxTotalBytes: Math.min(DEFAULT_LIMITS.maxTotalBytes, tenant.limits.storageBytes) });

/**
 * Reads a package apart from this thread, then hands it to `work`; its unpacked files are there until that ends. `onRead` hears the share that was read.
 * @throws PackageError when it cannot be read.
 */
export const withPackage = <T>({ tenant, file, name, workDirectory }: PackageSource, onRead: (share: number) => void, work: (read: CoursePackage) => Promise<T>): Promise<T> =>
  withReadingFolder(workDirectory, async (workDir) =>
    work(await readPackageInWorker(file, { workDir, limits: limitsOf(tenant), name, onProgress: (done, total) => onRead(done / total) })));
