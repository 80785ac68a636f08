import { requireRoom, type Tenant, type Tx } from '@milpa/kernel';
import { FileContent } from '@milpa/kernel/contract';
import type { Storage } from '../storage.ts';
import { deleteFile, findFile, insertFile, lockRoom, storedBytes } from './queries.ts';

export interface IncomingFile { name: string; mediaType: string; size: number; sha256: string; path: string }

/**
 * Stores a file for the tenant. The bytes are on disk before the row can be committed. `replaced`: the file that goes for it in the same transaction, whose room it may take.
 * @throws Problem `kernel.limit_reached`.
 */
export async function storeFile(tx: Tx, tenant: Tenant, storage: Storage, file: IncomingFile, replaced: string | null = null): Promise<string> {
  const [id] = await storeFiles(tx, tenant, storage, [file], () => {}, replaced);
  return id!;
}

/** Stores several files at once; ids in their order. @throws Problem `kernel.limit_reached`, for all of them. */
export async function storeFiles(tx: Tx, tenant: Tenant, storage: Storage, files: readonly IncomingFile[], onStored: (share: number) => void = () => {}, replaced: string | null = null): Promise<string[]> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  await requireBytes(tx, tenant, size, replaced);
  for (const [index, file] of files.entries()) {
    await storage.put(`${tenant.id}/${file.sha256}`, file.path);
    onStored((index + 1) / files.length);
  }
  // Asked again where nobody else can take the same room; not before, since others would wait for the bytes.
  await lockRoom(tx);
  await requireBytes(tx, tenant, size, replaced);
  const ids: string[] = [];
  for (const { name, mediaType, size: bytes, sha256 } of files) ids.push(await insertFile(tx, { name: name.slice(0, 200), mediaType, size: bytes, sha256 }));
  return ids;
}

async function requireBytes(tx: Tx, tenant: Tenant, size: number, replaced: string | null): Promise<void> {
  const used = await storedBytes(tx);
  const freed = replaced === null ? 0 : used - await storedBytes(tx, replaced);
  requireRoom(tenant, 'storageBytes', used, size - freed);
}

/** Stores an archive that somebody has a right to, whatever the tenant's plan says; it counts as used. */
export async function storeBeyondLimit(tx: Tx, tenant: Tenant, storage: Storage, { name, mediaType, size, sha256, path }: IncomingFile): Promise<string> {
  await storage.put(`${tenant.id}/${sha256}`, path);
  return insertFile(tx, { name, mediaType, size, sha256, derived: true });
}

/** Forgets a file. Its bytes are swept later, unless another row has the same. */
export const removeFile = (tx: Tx, id: string): Promise<void> => deleteFile(tx, id);

/** The file's bytes and facts, or null. Whoever calls decides who may see them. */
export async function fileContentOf(tx: Tx, storage: Storage, id: string): Promise<FileContent | null> {
  const file = await findFile(tx, id);
  return file ? new FileContent({ ...file, open: (range) => storage.open(`${tx.tenant.id}/${file.sha256}`, range) }) : null;
}
