/**
 * What a learner has on this device: lessons to read without a network, and what waits to be sent. One IndexedDB for each member, so
 * that nobody reads another's; all of it goes when somebody signs out, or somebody else signs in.
 */
import type { LessonData } from '../lesson/data.ts';
import type { Waiting } from './queue.ts';

export type KeptLesson = Omit<LessonData, 'course' | 'modules' | 'enrollment'> & { id: string; courseId: string; keptAt: string };
export interface KeptCourse extends Pick<LessonData, 'course' | 'modules'> {
  id: string;
  enrollment: NonNullable<LessonData['enrollment']>;
  /** Asked for as a whole; others are only the lessons that were opened last. */
  chosen: boolean;
  bytes: number;
  keptAt: string;
}
interface Tables { courses: KeptCourse; lessons: KeptLesson; queue: Waiting }

const keys = { courses: 'id', lessons: 'id', queue: 'key' } as const;
const prefix = 'milpa-';
export const filesCache = 'milpa-files';
export const shellPrefix = 'milpa-shell-';
const ownerKey = 'milpa-owner';

const result = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error!));
});

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => { for (const [store, keyPath] of Object.entries(keys)) request.result.createObjectStore(store, { keyPath }); });
  return result(request).then((database) => {
    // Never in the way of being emptied.
    database.addEventListener('versionchange', () => database.close());
    return database;
  });
}

export interface Device {
  memberId: string;
  all<K extends keyof Tables>(store: K): Promise<Tables[K][]>;
  get<K extends keyof Tables>(store: K, key: string): Promise<Tables[K] | undefined>;
  put<K extends keyof Tables>(store: K, ...rows: Tables[K][]): Promise<void>;
  remove(store: keyof Tables, ...rowKeys: string[]): Promise<void>;
  /** Removes a row only while it is still this one. */
  settle(row: Waiting, refused: Waiting['refused'] | null): Promise<void>;
}

const devices = new Map<string, Promise<Device>>();

/** @throws where the browser keeps nothing, as in some private windows. */
export function deviceOf(memberId: string): Promise<Device> {
  let device = devices.get(memberId);
  if (!device) devices.set(memberId, (device = open(prefix + memberId).then((database) => makeDevice(memberId, database))));
  return device;
}

function makeDevice(memberId: string, database: IDBDatabase): Device {
  database.addEventListener('close', () => devices.delete(memberId));
  const change = (store: keyof Tables, work: (rows: IDBObjectStore) => void) => new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite');
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error!));
    work(transaction.objectStore(store));
  });
  return {
    memberId,
    all: (store) => result(database.transaction(store).objectStore(store).getAll()),
    get: (store, key) => result(database.transaction(store).objectStore(store).get(key)),
    put: (store, ...rows) => change(store, (table) => rows.forEach((row) => table.put(row))),
    remove: (store, ...rowKeys) => change(store, (table) => rowKeys.forEach((key) => table.delete(key))),
    settle: (row, refused) => change('queue', (table) => {
      const now = table.get(row.key);
      now.addEventListener('success', () => {
        if ((now.result as Waiting | undefined)?.item.id !== row.item.id) return;
        if (refused) table.put({ ...row, refused });
        else table.delete(row.key);
      });
    }),
  };
}

/** The members who have something here. For the service worker, which belongs to no page. */
export const membersHere = async (): Promise<string[]> =>
  (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));

/** Removes everything from this device: all lessons, files, and what waits. */
export async function emptyDevice(): Promise<void> {
  devices.clear();
  for (const memberId of await membersHere()) {
    const request = indexedDB.deleteDatabase(prefix + memberId);
    await new Promise<void>((resolve) => { for (const end of ['success', 'error', 'blocked']) request.addEventListener(end, () => resolve()); });
  }
  for (const name of await caches.keys()) if (name.startsWith('milpa-')) await caches.delete(name);
}

/** Before anything is kept: whatever somebody else had here goes. */
export async function claimDevice(memberId: string): Promise<void> {
  if (localStorage.getItem(ownerKey) === memberId) return;
  if ((await membersHere()).some((other) => other !== memberId)) await emptyDevice();
  localStorage.setItem(ownerKey, memberId);
}

/** Whether the browser has said that there is no more room. */
export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';
