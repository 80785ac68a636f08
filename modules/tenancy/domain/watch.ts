/** Looks at domains by the clock: often at those that somebody waits for, daily at those that count. */
import { defineJob, enqueue, Problem, type ControlTx, type Job } from '@milpa/kernel';
import { z } from 'zod';
import { check, type DomainDeps } from './domain.ts';
import { domainNews } from './mail.ts';
import { deleteExpired, listDue } from './queries.ts';

/** At one time, and of those how many together: name servers may take seconds. */
const [most, together] = [200, 5];

export interface WatchDeps extends DomainDeps { directory: { forget(): void } }

export const watchDomainsJob = (deps: WatchDeps): Job<Record<string, never>> => defineJob({
  name: 'tenancy.watchDomains', payload: z.object({}), maxAttempts: 1,
  async run(_payload, { signal }) {
    const due = await deps.database.readControl((tx) => listDue(tx, most));
    for (let start = 0; start < due.length && !signal.aborted; start += together) {
      await Promise.all(due.slice(start, start + together).map((row) => check(deps, row, true).catch((error: unknown) => { if (!(error instanceof Problem)) throw error; })));
    }
    // After a last look.
    await deps.database.withControl(endExpired);
    if (due.length > 0) deps.directory.forget();
  },
});

/** Claims that nobody has proved in time are gone, and the admins hear of it. */
async function endExpired(tx: ControlTx): Promise<void> {
  for (const { tenantId, host, claimedAt } of await deleteExpired(tx)) await enqueue(tx, domainNews, { tenantId, host, what: 'lapsed', at: claimedAt });
}
