import { defineJob, systemActor, type Database, type Job, type Tenant } from '@milpa/kernel';
import { z } from 'zod';
import { unfindable } from './queries.ts';
import { refreshSearch } from './refresh.ts';

export interface SearchDeps { database: Database; tenants: { all(): AsyncIterable<Tenant> } }

/** Makes every published course findable that is not, in every tenant; asked for when the way of finding changes. */
export const refreshSearchJob = ({ database, tenants }: SearchDeps): Job<Record<string, never>> => defineJob({
  name: 'catalog.refreshSearch', payload: z.strictObject({}), maxAttempts: 10,
  async run(_payload, { signal }) {
    for await (const tenant of tenants.all()) {
      // A course without any word would be asked about for ever: each is tried once.
      const tried = new Set<string>();
      for (;;) {
        const ids = (await database.readTenant(tenant, systemActor, (tx) => unfindable(tx, tried.size + 100))).filter((id) => !tried.has(id));
        if (ids.length === 0) break;
        for (const id of ids) {
          if (signal.aborted) return;
          tried.add(id);
          await database.withTenant(tenant, systemActor, (tx) => refreshSearch(tx, id));
        }
      }
    }
  },
});
