/** The rows that name a member, by what the modules declare of their tables: handed out, and erased. */
import { sql, type MemberData, type Tx } from '@milpa/kernel';

export type Named = { table: string; column: string; kind: 'own' | 'record' | 'mark' };

export const namedIn = (data: readonly MemberData[]): Named[] =>
  data.flatMap((tables) => Object.entries(tables).flatMap(([table, columns]) => Object.entries(columns).map(([column, kind]) => ({ table, column, kind }))));

/** Of no use to a person, or not theirs to read. */
const withheld = ['tenant_id', 'search', 'token_hash', 'body_text'];

/** Every row that is about the member, table by table, as it is kept. */
export async function* rowsAbout(tx: Tx, named: readonly Named[], memberId: string): AsyncGenerator<{ table: string; rows: unknown[] }> {
  for (const [table, columns] of Map.groupBy(named.filter(({ kind }) => kind !== 'mark'), ({ table: name }) => name)) {
    const isAbout = sql.join(columns.map(({ column }) => sql`t.${sql.ref(column)} = ${memberId}`), sql` or `);
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
