import { defineJob, defineModule, systemActor, type Clock, type Database, type Module, type Tenant } from '@milpa/kernel';
import { z } from 'zod';
import './tables.ts';
import { knownHashes } from './file/queries.ts';
import type { Storage } from './storage.ts';

export interface MediaDeps { database: Database; storage: Storage; clock: Clock; tenants: { all(): AsyncIterable<Tenant> } }

/** Longer than any transaction that has stored bytes and not yet committed their row. */
const youngHours = 24;

export function mediaModule({ database, storage, clock, tenants }: MediaDeps): Module {
  /** Bytes without a row are left by transactions that were rolled back and by files that were removed. */
  const sweep = defineJob({
    name: 'media.sweepBytes', payload: z.object({}), maxAttempts: 3,
    async run(_payload, { signal }) {
      const before = new Date(clock.now().getTime() - youngHours * 3_600_000);
      for await (const tenant of tenants.all()) {
        if (signal.aborted) return;
        const kept = await storage.list(tenant.id, before);
        const known = await database.readTenant(tenant, systemActor, (tx) => knownHashes(tx, kept));
        for (const hash of kept) if (!known.has(hash)) await storage.remove(`${tenant.id}/${hash}`);
      }
    },
  });
  return defineModule({
    name: 'media', permissions: [], memberData: { 'media.file': { created_by: ['record', 'stay'] } }, routes: [], jobs: [sweep],
    schedules: [{ name: 'media.sweepBytesDaily', cron: '47 3 * * *', job: sweep, payload: {} }],
  });
}
