import type { Tx } from '@milpa/kernel';

/** Notes that the tenant receives its furniture in this transaction; false when it has it. Whoever comes second waits for the first. */
export async function markFurnished(tx: Tx, blueprint: string): Promise<boolean> {
  const row = await tx.insertInto('tenancy.furnishing').values({ blueprint, furnishedAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.column('tenantId').doNothing()).returning('blueprint').executeTakeFirst();
  return row !== undefined;
}
