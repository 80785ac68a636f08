/** Every row of a tenant, table by table, by the catalogue's own word, so that no table is forgotten. */
import { sql, type Database, type SecretColumns, type TenantRef, type Tx, systemActor } from '@milpa/kernel';

const portion = 1_000;

interface KeyColumn { name: string; type: string }

/** The columns of the primary key, in its order. */
async function keyOf(tx: Tx, table: string): Promise<KeyColumn[]> {
  const { rows } = await sql<KeyColumn>`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = ${table}::regclass and i.indisprimary order by k.place`.execute(tx);
  return rows;
}

/** Of no use outside of the database: what the search is made of. */
async function searchColumns(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute where attrelid = ${table}::regclass and atttypid = 'tsvector'::regtype and not attisdropped`.execute(tx);
  return rows.map(({ name }) => name);
}

/** The table's rows as lines of JSON, without secrets, in portions that are reads of their own: what is changed meanwhile is there as it was when its portion was read. */
export async function* linesOf(database: Database, tenant: TenantRef, table: string, secrets: SecretColumns): AsyncGenerator<Uint8Array> {
  const read = <T>(work: (tx: Tx) => Promise<T>) => database.readTenant(tenant, systemActor, work);
  const [key, search] = await read((tx) => Promise.all([keyOf(tx, table), searchColumns(tx, table)]));
  const withheld = ['tenant_id', ...search, ...secrets[table] ?? []];
  const columns = sql.join(key.map(({ name }) => sql`t.${sql.ref(name)}`));
  const place = sql`array[${sql.join(key.map(({ name }) => sql`t.${sql.ref(name)}::text`))}]`;
  let after: string[] | null = null;
  do {
    const from = after as string[] | null;
    const isLater = from === null ? sql`true` : sql`(${columns}) > (${sql.join(key.map(({ type }, index) => sql`${from[index]}::text::${sql.raw(type)}`))})`;
    const { rows } = await read((tx) => sql<{ line: string; place: string[] }>`
      select (to_jsonb(t) - ${withheld}::text[])::text as line, ${place} as place from ${sql.table(table)} t where ${isLater} order by ${columns} limit ${portion}`.execute(tx));
    if (rows.length > 0) yield Buffer.from(`${rows.map(({ line }) => line).join('\n')}\n`);
    after = rows.length < portion ? null : rows.at(-1)!.place;
  } while (after !== null);
}
