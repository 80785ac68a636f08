import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clusterAt } from './cluster.ts';
import { type Database, startDatabase } from './database.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { isAlive } from './process.ts';

const prefix = 'milpa-test-database-';
const pattern = /^milpa-test-database-(\d+)-/;

/** Settings that trade safety in a power cut, which a test does not need, for speed. */
export const testSettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/**
 * A PostgreSQL in a temporary folder, for tests: the same server and owner as in use, without waiting for the disk.
 * Stopping it removes the folder. What a killed test run left behind is removed at the next start.
 */
export async function startTestDatabase(options: { log?(message: string): void } = {}): Promise<Database> {
  await removeAbandoned();
  const folder = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const database = await startDatabase({ dataDir: folder, settings: testSettings, log: options.log ?? (() => {}) });
    return { ...database, stop: () => database.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = pattern.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join(os.tmpdir(), name);
    try {
      const cluster = clusterAt(path.join(folder, 'postgres'));
      const postmaster = findPostmaster(cluster);
      if (postmaster) await stopPostmaster(cluster, postmaster.pid);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}
