/** Where packages wait for their job, and where they are unpacked. All of it can be thrown away once the imports have ended. */
import { copyFile, link, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const waiting = 'waiting';
const reading = 'reading-';

export const packagePath = (workDirectory: string, tenantId: string, importId: string): string => join(workDirectory, waiting, tenantId, importId);

/** Keeps the upload beyond its request. A second name for the same bytes costs nothing; on another disk they are copied. */
export async function keepPackage(upload: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await link(upload, target).catch(() => copyFile(upload, target));
}

export const dropPackage = (path: string): Promise<void> => rm(path, { force: true });

/** Runs `work` with an empty folder that is gone afterwards. */
export async function withReadingFolder<T>(workDirectory: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workDirectory, reading));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The packages that wait, by tenant. */
export async function waitingPackages(workDirectory: string): Promise<{ tenantId: string; importIds: string[] }[]> {
  const tenants = await namesIn(join(workDirectory, waiting));
  return Promise.all(tenants.map(async (tenantId) => ({ tenantId, importIds: await namesIn(join(workDirectory, waiting, tenantId)) })));
}

/** Removes folders that a crash left behind: those not touched since `before`. */
export async function dropReadingFolders(workDirectory: string, before: Date): Promise<void> {
  for (const name of await namesIn(workDirectory)) {
    if (name.startsWith(reading) && await isOlder(join(workDirectory, name), before)) await rm(join(workDirectory, name), { recursive: true, force: true });
  }
}

export const isOlder = async (path: string, than: Date): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  return found !== null && found.mtime < than;
};

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return [];
  throw error;
});
