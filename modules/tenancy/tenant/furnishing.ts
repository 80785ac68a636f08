import type { Tx } from '@milpa/kernel';

/** Notes that the tenant receives its furniture in this transaction; false when it has it. Whoever comes second waits for the first. */
export async function markFurnished(tx: Tx, blueprint: string, knownPermissions: readonly string[]): Promise<boolean> {
  const row = await tx.insertInto('tenancy.furnishing').values({ blueprint, knownPermissions: [...knownPermissions], furnishedAt: tx.now.toISOString() })
    .onConflict((conflict) => conflict.column('tenantId').doNothing()).returning('blueprint').executeTakeFirst();
  return row !== undefined;
}

/** Which of the permissions the tenant's roles have not been offered yet; from this transaction on they have. */
export async function learnPermissions(tx: Tx, permissions: readonly string[]): Promise<string[]> {
  const row = await tx.selectFrom('tenancy.furnishing').select('knownPermissions').forUpdate().executeTakeFirst();
  if (!row) return [];
  const fresh = permissions.filter((permission) => !row.knownPermissions.includes(permission));
  if (fresh.length > 0) await tx.updateTable('tenancy.furnishing').set({ knownPermissions: [...permissions] }).execute();
  return fresh;
}
