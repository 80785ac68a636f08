/** Clears what imports left behind when the process was ended in their midst, and gives up those that nobody runs any more. */
import { defineJob, systemActor, type Job, type Schedule } from '@milpa/kernel';
import { z } from 'zod';
import { problems } from '../problems.ts';
import type { ImportDependencies } from './job.ts';
import { failRow, unfinishedAmong } from './queries.ts';
import { dropPackage, dropReadingFolders, isOlder, packagePath, waitingPackages } from './uploads.ts';

const hour = 3_600_000;
/** An import that has not ended by then has no tries left. */
const givenUpAfter = 24 * hour;
/** A younger package may belong to a request whose transaction is not over; a younger folder to an import under way. */
const left = hour;

export function sweep({ database, directory, workDirectory }: ImportDependencies): { job: Job<Record<string, never>>; schedule: Schedule } {
  const before = (now: Date, age: number) => new Date(now.getTime() - age);

  async function sweepTenant(tenantId: string, importIds: readonly string[]): Promise<void> {
    const tenant = await directory.byId(tenantId);
    const { now, waiting } = tenant
      ? await database.withTenant(tenant, systemActor, async (tx) => {
        const unfinished = await unfinishedAmong(tx, importIds);
        const forgotten = unfinished.filter((row) => new Date(row.createdAt) < before(tx.now, givenUpAfter));
        for (const row of forgotten) await failRow(tx, row.id, problems.import_failed, {});
        return { now: tx.now, waiting: new Set(unfinished.filter((row) => !forgotten.includes(row)).map((row) => row.id)) };
      })
      : { now: null, waiting: new Set<string>() };
    for (const importId of importIds) {
      const file = packagePath(workDirectory, tenantId, importId);
      if (now === null || (!waiting.has(importId) && await isOlder(file, before(now, left)))) await dropPackage(file);
    }
  }
  const job: Job<Record<string, never>> = defineJob({
    name: 'interop.sweepImports', payload: z.record(z.string(), z.never()), maxAttempts: 3,
    async run(_payload, { signal }) {
      const now = await database.readControl(async (tx) => tx.now);
      await dropReadingFolders(workDirectory, before(now, left));
      for (const { tenantId, importIds } of await waitingPackages(workDirectory)) {
        if (signal.aborted) return;
        await sweepTenant(tenantId, importIds);
      }
    },
  });
  return { job, schedule: { name: 'interop.sweepImportsHourly', cron: '23 * * * *', job, payload: {} } };
}
