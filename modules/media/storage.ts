/** Where the bytes of files lie, behind a port: a folder here, an object store elsewhere. */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

export interface Storage {
  /** Keeps the file at `path` under the key; a key that is there already stays as it is. */
  put(key: string, path: string): Promise<void>;
  open(key: string, range?: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>>;
  remove(key: string): Promise<void>;
}

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
      if (await stat(target).catch(() => null)) return;
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
  };
}
