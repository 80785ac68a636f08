/**
 * `Idempotency-Key`: the key is written in the transaction of the request. A second request with the same key waits for the first
 * and then receives its answer; a failed request leaves no key behind, so it may be tried again.
 */
import { sql, type Kysely } from 'kysely';
import { Problem } from './problem.ts';
import { problems } from './problems.ts';

export interface OnceKey { actorKey: string; key: string; operation: string; requestHash: string }
type KeyTable = 'kernel.idempotencyKey' | 'kernelControl.idempotencyKey';
/** A transaction of either plane. */
type AnyTx = Kysely<any> & { readonly now: Date };

/** @returns the answer given before, or null when this is the first time. @throws Problem when the key stood for another request. */
export async function beginOnce(tx: AnyTx, table: KeyTable, once: OnceKey): Promise<{ status: number; response: unknown } | null> {
  const { rows } = await sql`insert into ${sql.table(table)} (actor_key, key, operation, request_hash, created_at) values (${once.actorKey}, ${once.key}, ${once.operation}, ${once.requestHash}, ${tx.now.toISOString()})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length > 0) return null;
  const before = await tx.selectFrom(table).select(['requestHash', 'status', 'response']).where('actorKey', '=', once.actorKey).where('key', '=', once.key).executeTakeFirstOrThrow();
  if (before['requestHash'] !== once.requestHash) throw new Problem(problems.idempotency_key_reused);
  return { status: before['status'] as number, response: before['response'] };
}

export async function finishOnce(tx: AnyTx, table: KeyTable, once: OnceKey, status: number, response: unknown): Promise<void> {
  await tx.updateTable(table).set({ status, response: response === undefined ? null : JSON.stringify(response) })
    .where('actorKey', '=', once.actorKey).where('key', '=', once.key).execute();
}
