import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['id', 'name', 'mediaType', 'size', 'sha256'] as const;

export const findFile = (tx: Tx, id: string) => tx.selectFrom('media.file').select(columns).where('id', '=', id).executeTakeFirst();

export const filesByIds = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? [] : tx.selectFrom('media.file').select(columns).where('id', 'in', ids).execute();

/** What the tenant's files take up; the same bytes count once. */
export async function storedBytes(tx: Tx): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(size), 0)::bigint as bytes from (select distinct sha256, size from media.file) once`.execute(tx);
  return rows[0]?.bytes ?? 0;
}
