/** The rows that name a member, by what the modules declare of their tables: handed out, erased, and merged. */
import { sql, type MemberColumn, type MemberData, type MergeRule, type Tx } from '@milpa/kernel';

export type Named = { table: string; column: string; kind: MemberColumn; rule: MergeRule };

export const namedIn = (data: readonly MemberData[]): Named[] =>
  data.flatMap((tables) => Object.entries(tables).flatMap(([table, columns]) => Object.entries(columns).map(([column, [kind, rule]]) => ({ table, column, kind, rule }))));

/** Of no use to a person, or not theirs to read. */
const withheld = ['tenant_id', 'search', 'token_hash', 'body_text'];

/** Every row that is about the member, or one who was merged into them, table by table, as it is kept. */
export async function* rowsAbout(tx: Tx, named: readonly Named[], memberIds: readonly string[]): AsyncGenerator<{ table: string; rows: unknown[] }> {
  for (const [table, columns] of Map.groupBy(named.filter(({ kind }) => kind !== 'mark'), ({ table: name }) => name)) {
    const isAbout = sql.join(columns.map(({ column }) => sql`t.${sql.ref(column)} = any(${memberIds}::uuid[])`), sql` or `);
    const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) - ${withheld}::text[] as row from ${sql.table(table)} t where ${isAbout}`.execute(tx);
    yield { table, rows: rows.map(({ row }) => row) };
  }
}

/** Deletes what was the member's alone. Done again, it finds nothing. */
export async function eraseOwn(tx: Tx, named: readonly Named[], memberId: string): Promise<void> {
  for (const { table, column } of named.filter(({ kind }) => kind === 'own')) {
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${memberId}`.execute(tx);
  }
}
