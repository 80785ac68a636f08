/** Who runs the installation. Operators are few, and asked about on every request of somebody signed in: they are kept for a moment. */
import type { ControlTx, Database } from '@milpa/kernel';

/** Other processes may see a new operator this much later. */
const keptMs = 5_000;
const kept = new WeakMap<Database, { ids: Promise<ReadonlySet<string>>; until: number }>();

function operatorIds(database: Database): Promise<ReadonlySet<string>> {
  const now = performance.now();
  const known = kept.get(database);
  if (known && known.until > now) return known.ids;
  const ids = database.readControl(async (tx) => new Set((await tx.selectFrom('identityControl.operator').select('accountId').execute()).map((row) => row.accountId)));
  const entry = { ids, until: now + keptMs };
  kept.set(database, entry);
  ids.catch(() => { if (kept.get(database) === entry) kept.delete(database); });
  return ids;
}

/** Whether the account is an operator's. */
export const isOperator = async (database: Database, accountId: string): Promise<boolean> => (await operatorIds(database)).has(accountId);

/** Whether this installation has an operator at all. */
export const hasOperator = (tx: ControlTx): Promise<boolean> =>
  tx.selectFrom('identityControl.operator').select('accountId').limit(1).executeTakeFirst().then((row) => row !== undefined);

/** Makes an account an operator's; repeatable. */
export async function makeOperator(database: Database, accountId: string): Promise<void> {
  await database.withControl((tx) => tx.insertInto('identityControl.operator').values({ accountId, createdAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.column('accountId').doNothing()).execute());
  forgetOperators(database);
}

/** From here on this process reads the operators anew. */
export const forgetOperators = (database: Database): void => { kept.delete(database); };
