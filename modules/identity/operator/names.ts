import { sql, type ControlTx } from '@milpa/kernel';

/** Names of accounts, for the operator's log. */
export async function accountNames(tx: ControlTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from identity_control.account where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.name]));
}
