/** Where the bytes of files lie, behind a port: a folder here, an object store elsewhere. */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

export interface Storage {
  /** Keeps the file at `path` under the key; a key that is there already stays as it is. */
  put(key: string, path: string): Promise<void>;
  open(key: string, range?: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>>;
  remove(key: string): Promise<void>;
  /** Everything that is kept for a tenant. */
  removeAll(tenantId: string): Promise<void>;
  /** The hashes that are kept for a tenant and were written before `before`. */
  list(tenantId: string, before: Date): Promise<string[]>;
}

const tenantShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyShape = /^[0-9a-f-]{36}\/[0-9a-f]{64}$/;

/** Files in a folder, each written beside its place and moved there when it is whole and on disk. */
export function folderStorage(directory: string): Storage {
  const place = (key: string) => {
    if (!keyShape.test(key)) throw new Error(`Not a storage key: ${key}`);
    return join(directory, key.slice(0, 36), key.slice(37, 39), key.slice(37));
  };
  return {
    async put(key, path) {
      const target = place(key);
      // Bytes that are there are taken up again: made young, so that the sweep leaves them to the row that is about to be written.
      if (await utimes(target, new Date(), new Date()).then(() => true, () => false)) return;
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const beside = `${target}.${randomUUID()}`;
      try {
        await copyFile(path, beside);
        const handle = await open(beside, 'r+');
        await handle.sync().finally(() => handle.close());
        await rename(beside, target);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    open: async (key, range) => createReadStream(place(key), range),
    remove: (key) => rm(place(key), { force: true }),
    removeAll: async (tenantId) => {
      if (!tenantShape.test(tenantId)) throw new Error(`Not a tenant: ${tenantId}`);
      await rm(join(directory, tenantId), { recursive: true, force: true });
    },
    async list(tenantId, before) {
      const files = await readdir(join(directory, tenantId), { recursive: true, withFileTypes: true }).catch(() => []);
      const old: string[] = [];
      for (const file of files) {
        if (!file.isFile() || !keyShape.test(`${tenantId}/${file.name}`)) continue;
        if ((await stat(join(file.parentPath, file.name))).mtime < before) old.push(file.name);
      }
      return old;
    },
  };
}
