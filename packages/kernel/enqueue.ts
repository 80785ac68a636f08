import { CompiledQuery } from 'kysely';
import type { ControlTx, Tx } from './database/database.ts';
import { enqueueSql } from './jobs/enqueue.ts';
import type { Job } from './jobs/job.ts';

/** Asks for a job in this transaction: it exists exactly when the transaction commits. Keys are shared by all tenants: begin them with an id. */
export async function enqueue<P>(tx: Tx | ControlTx, job: Pick<Job<P>, 'name' | 'maxAttempts'>, payload: P, options: { key?: string; runAt?: Date } = {}): Promise<void> {
  const { text, values } = enqueueSql({ name: job.name, payload, maxAttempts: job.maxAttempts, ...options });
  await tx.executeQuery(CompiledQuery.raw(text, values));
}
