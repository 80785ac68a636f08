import { requireRoom, type Tenant, type Tx } from '@milpa/kernel';
import { FileContent } from '@milpa/kernel/contract';
import type { Storage } from '../storage.ts';
import { deleteFile, findFile, insertFile, storedBytes } from './queries.ts';

export interface IncomingFile { name: string; mediaType: string; size: number; sha256: string; path: string }

/** Stores a file for the tenant. The bytes are on disk before the row can be committed. @throws Problem `kernel.limit_reached`. */
export async function storeFile(tx: Tx, tenant: Tenant, storage: Storage, file: IncomingFile): Promise<string> {
  const [id] = await storeFiles(tx, tenant, storage, [file]);
  return id!;
}

/** Stores several files at once; ids in their order. @throws Problem `kernel.limit_reached` before anything is stored. */
export async function storeFiles(tx: Tx, tenant: Tenant, storage: Storage, files: readonly IncomingFile[], onStored: (share: number) => void = () => {}): Promise<string[]> {
  requireRoom(tenant, 'storageBytes', await storedBytes(tx), files.reduce((sum, file) => sum + file.size, 0));
  const ids: string[] = [];
  for (const file of files) {
    await storage.put(`${tenant.id}/${file.sha256}`, file.path);
    ids.push(await insertFile(tx, { name: file.name.slice(0, 200), mediaType: file.mediaType, size: file.size, sha256: file.sha256 }));
    onStored(ids.length / files.length);
  }
  return ids;
}

/** Forgets a file. Its bytes are swept later, unless another row has the same. */
export const removeFile = (tx: Tx, id: string): Promise<void> => deleteFile(tx, id);

/** The file's bytes and facts, or null. Whoever calls decides who may see them. */
export async function fileContentOf(tx: Tx, storage: Storage, id: string): Promise<FileContent | null> {
  const file = await findFile(tx, id);
  return file ? new FileContent({ ...file, open: (range) => storage.open(`${tx.tenant.id}/${file.sha256}`, range) }) : null;
}
