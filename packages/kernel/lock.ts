/** Locks on what is no row, such as the last place of a plan: held to the end of the transaction, by name and within the tenant. */
import { sql } from 'kysely';
import type { Tx } from './database/database.ts';

/** `module.thing`; each name stands in one place, where a function says what it keeps apart. */
type LockName = `${string}.${string}`;

/** Written so that no two names, tenants and keys read the same. */
const keyOf = (tx: Tx, name: LockName, key: string) => sql`hashtextextended(${JSON.stringify([name, tx.tenant.id, key])}, 0)`;

/** From here to the end of the transaction nobody else has this lock. `key`: of several things of that name, which one. */
export async function lock(tx: Tx, name: LockName, key = ''): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyOf(tx, name, key)})`.execute(tx);
}

/** From here to the end of the transaction nobody has this lock alone; any number may hold it like this. */
export async function lockShared(tx: Tx, name: LockName, key = ''): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${keyOf(tx, name, key)})`.execute(tx);
}
