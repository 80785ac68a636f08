/** All tables with tenants' rows, by the catalogue's own word, so that a table of tomorrow is not forgotten. */
import { sql, type Tx } from '@milpa/kernel';

export interface TenantTable { name: string; references: string[] }

/** Every table with rows of tenants but the one that says that they are being deleted. */
export async function tenantTables(tx: Tx): Promise<TenantTable[]> {
  const { rows } = await sql<TenantTable>`
    select n.nspname || '.' || c.relname as name,
      array(select distinct m.nspname || '.' || r.relname from pg_constraint f join pg_class r on r.oid = f.confrelid join pg_namespace m on m.oid = r.relnamespace
        where f.conrelid = c.oid and f.contype = 'f') as references
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_.*|information_schema|graphile_worker|.*_control)$' and c.oid <> 'tenancy.deletion'::regclass
    order by 1`.execute(tx);
  return rows;
}

/** `whole`: the rows refer to each other, so that all must go at once. */
export interface ErasureGroup { tables: string[]; whole: boolean }

/** Tables in an order in which their rows can go: who refers to others goes first, and who refer to each other go together. */
export function erasureOrder(tables: readonly TenantTable[]): ErasureGroup[] {
  const references = new Map(tables.map(({ name, references: names }) => [name, names]));
  const reached = new Map(tables.map(({ name }) => [name, reachedFrom(name, references)]));
  const reaches = (from: string, to: string) => reached.get(from)!.has(to);
  const left = new Set(references.keys());
  const groups: ErasureGroup[] = [];
  while (left.size > 0) {
    const next = [...left].find((name) => [...left].every((other) => !reaches(other, name) || other === name || reaches(name, other)))!;
    const group = [...left].filter((other) => other === next || (reaches(next, other) && reaches(other, next)));
    groups.push({ tables: group, whole: reaches(next, next) });
    for (const name of group) left.delete(name);
  }
  return groups;
}

function reachedFrom(start: string, references: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...references.get(start) ?? []];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...references.get(name) ?? []);
  }
  return found;
}
