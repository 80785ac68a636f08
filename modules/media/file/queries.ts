import { lock, type Tx } from '@milpa/kernel';
import { sql } from 'kysely';

const columns = ['id', 'name', 'mediaType', 'size', 'sha256'] as const;

export const findFile = (tx: Tx, id: string) => tx.selectFrom('media.file').select(columns).where('id', '=', id).executeTakeFirst();

/** All files of the tenant but those that were made from its data. */
export const originalFiles = (tx: Tx) => tx.selectFrom('media.file').select(columns).where('derived', '=', false).orderBy('id').execute();

export const filesByIds = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? [] : tx.selectFrom('media.file').select(columns).where('id', 'in', ids).execute();

/** What the tenant's files take up; the same bytes count once; or what they would without one of them. Read from an index that is in order already: sorting the table takes seven times as long. */
export async function storedBytes(tx: Tx, without: string | null = null): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(size), 0)::bigint as bytes from (select distinct on (sha256) size from media.file where id is distinct from ${without} order by sha256) once`.execute(tx);
  return rows[0]?.bytes ?? 0;
}

/** From here to the end of the transaction nobody else takes room in this tenant's storage, so that two at once cannot both take the last. */
export const lockRoom = (tx: Tx) => lock(tx, 'media.room');

export const insertFile = async (tx: Tx, file: { name: string; mediaType: string; size: number; sha256: string; derived?: boolean }): Promise<string> =>
  (await tx.insertInto('media.file').values({ ...file, createdBy: tx.actor.memberId, createdAt: tx.now.toISOString() }).returning('id').executeTakeFirstOrThrow()).id;

export async function deleteFile(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('media.file').where('id', '=', id).execute();
}

/** Which of these hashes the tenant has a file of. */
export const knownHashes = async (tx: Tx, hashes: readonly string[]): Promise<Set<string>> =>
  new Set(hashes.length === 0 ? [] : (await tx.selectFrom('media.file').select('sha256').where('sha256', 'in', hashes).execute()).map((row) => row.sha256));
