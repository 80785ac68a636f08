import { requireRoom, type Tenant, type Tx } from '@milpa/kernel';
import { FileContent } from '@milpa/kernel/contract';
import type { Storage } from '../storage.ts';
import { findFile, storedBytes } from './queries.ts';

export interface IncomingFile { name: string; mediaType: string; size: number; sha256: string; path: string }

/** Stores a file for the tenant. The bytes are on disk before the row can be committed. @throws Problem `kernel.limit_reached`. */
export async function storeFile(tx: Tx, tenant: Tenant, storage: Storage, file: IncomingFile): Promise<string> {
  requireRoom(tenant, 'storageBytes', await storedBytes(tx), file.size);
  await storage.put(`${tenant.id}/${file.sha256}`, file.path);
  const { id } = await tx.insertInto('media.file')
    .values({ name: file.name.slice(0, 200), mediaType: file.mediaType, size: file.size, sha256: file.sha256, createdBy: tx.actor.memberId, createdAt: tx.now.toISOString() })
    .returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The file's bytes and facts, or null. Whoever calls decides who may see them. */
export async function fileContentOf(tx: Tx, storage: Storage, id: string): Promise<FileContent | null> {
  const file = await findFile(tx, id);
  return file ? new FileContent({ ...file, open: (range) => storage.open(`${tx.tenant.id}/${file.sha256}`, range) }) : null;
}
