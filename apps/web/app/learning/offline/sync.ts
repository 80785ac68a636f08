/** Sends what waits. Used by pages, and by the service worker when the connection comes back while no page is open. */
import type { Output } from '@milpa/kernel/contract';
import type { syncEnrollment, SyncItem } from '@milpa/learning/contract';
import { deviceOf, type Device } from './device.ts';
import { batchesOf, keyOf, verdictOf, type Verdict, type Waiting } from './queue.ts';

/** The tag by which the browser wakes the service worker. */
export const syncTag = 'milpa-sync';
/** Where pages and the service worker tell each other that the queue has changed. */
export const channelName = 'milpa-queue';

type Done = SyncItem extends infer Item ? Item extends SyncItem ? Omit<Item, 'id' | 'occurredAt'> : never : never;

/** A thing done now, with an id made here: sent twice, it is one. */
export const doneNow = (enrollmentId: string, lessonTitle: string, done: Done): Waiting => {
  const item = { ...done, id: crypto.randomUUID(), occurredAt: new Date().toISOString() } as SyncItem;
  return { key: keyOf(item), enrollmentId, lessonTitle, item };
};

const send = (enrollmentId: string, items: SyncItem[]) => fetch(`/api/v1/enrollments/${enrollmentId}/sync`, {
  method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, keepalive: items.length < 5, body: JSON.stringify({ sentAt: new Date().toISOString(), items }),
});

/** As a page is left: no time to ask the queue. What is lost on the way is still in it. */
export const sendAtOnce = ({ enrollmentId, item }: Waiting): void => void send(enrollmentId, [item]).catch(() => {});

/** Sends all that waits, one tab at a time. `later`: there is no connection, or the server can not now; all stays. */
export async function sendWaiting(memberId: string): Promise<Verdict> {
  const device = await deviceOf(memberId);
  const verdict = await navigator.locks.request(syncTag, () => sendBatches(device));
  new BroadcastChannel(channelName).postMessage(verdict);
  return verdict;
}

async function sendBatches(device: Device): Promise<Verdict> {
  for (const { enrollmentId, waiting } of batchesOf(await device.all('queue'))) {
    const answer = await send(enrollmentId, waiting.map(({ item }) => item)).catch(() => null);
    const verdict = verdictOf(answer?.status ?? 0);
    if (!answer || verdict === 'later' || verdict === 'signIn') return verdict;
    if (verdict === 'refused') {
      const { code, title, detail = '' } = await answer.json() as { code: string; title: string; detail?: string };
      for (const one of waiting) await device.settle(one, { code, title, detail });
      continue;
    }
    const { results } = await answer.json() as Output<typeof syncEnrollment>;
    for (const one of waiting) {
      const problem = results.find(({ id }) => id === one.item.id)?.problem ?? null;
      // Where somebody was reading is nothing to complain about.
      await device.settle(one, one.item.kind === 'position' ? null : problem);
    }
  }
  return 'taken';
}
