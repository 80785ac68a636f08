/** Looks at domains by the clock: often at those that somebody waits for, daily at those that count. */
import { defineJob, Problem, type Job } from '@milpa/kernel';
import { z } from 'zod';
import { check, type DomainDeps } from './domain.ts';
import { deleteExpired, listDue } from './queries.ts';

/** At one time, and of those how many together: name servers may take seconds. */
const [most, together] = [200, 5];

export interface WatchDeps extends DomainDeps { directory: { forget(): void } }

export const watchDomainsJob = (deps: WatchDeps): Job<Record<string, never>> => defineJob({
  name: 'tenancy.watchDomains', payload: z.object({}), maxAttempts: 1,
  async run(_payload, { signal }) {
    await deps.database.withControl(deleteExpired);
    const due = await deps.database.readControl((tx) => listDue(tx, most));
    for (let start = 0; start < due.length && !signal.aborted; start += together) {
      await Promise.all(due.slice(start, start + together).map((row) => check(deps, row, true).catch((error: unknown) => { if (!(error instanceof Problem)) throw error; })));
    }
    if (due.length > 0) deps.directory.forget();
  },
});
