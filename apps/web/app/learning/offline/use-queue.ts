/** What waits to be sent, for screens: it is added here, sent at once where that is possible, and else when it is. */
import { useCallback, useEffect, useState } from 'react';
import { claimDevice, deviceOf, isFull } from './device.ts';
import { countOf, type Verdict, type Waiting } from './queue.ts';
import { channelName, sendAtOnce, sendWaiting, syncTag } from './sync.ts';

export interface Queue {
  all: readonly Waiting[];
  /** What was done on this screen, sent or not: what the server has sent it does not know of that yet. */
  here: readonly Waiting[];
  online: boolean;
  /** What came of the last attempt; null before the first. */
  verdict: Verdict | null;
  /** Something that waited has been sent since the screen was opened. */
  sent: boolean;
  /** The device has no room. */
  full: boolean;
  /** Keeps a thing, then tries to send it. @returns what came of that. */
  add(waiting: Waiting): Promise<Verdict>;
  send(): Promise<void>;
  /** Takes away what was refused: its owner has seen it. */
  dismiss(key: string): Promise<void>;
}

const waitingOf = async (memberId: string | null): Promise<readonly Waiting[]> => (memberId ? (await deviceOf(memberId)).all('queue') : []);

/** Of nobody there is no queue: a preview keeps nothing. */
export function useQueue(memberId: string | null): Queue {
  const [state, setState] = useState({ all: [] as readonly Waiting[], here: [] as readonly Waiting[], online: true, verdict: null as Verdict | null, sent: false, full: false });
  const refresh = useCallback((change: { verdict?: Verdict } = {}) => waitingOf(memberId).then((all) =>
    setState((before) => ({ ...before, ...change, all, online: navigator.onLine, sent: before.sent || (countOf(before.all) > 0 && countOf(all) === 0) }))), [memberId]);

  const send = useCallback(async () => {
    if (memberId) await refresh({ verdict: await sendWaiting(memberId) });
  }, [memberId, refresh]);

  const add = useCallback(async (waiting: Waiting): Promise<Verdict> => {
    if (!memberId) return 'refused';
    setState((before) => ({ ...before, here: [...before.here.filter(({ key }) => key !== waiting.key), waiting] }));
    try {
      await claimDevice(memberId);
      await (await deviceOf(memberId)).put('queue', waiting);
    } catch (error) {
      if (isFull(error)) setState((before) => ({ ...before, full: true }));
      // Where nothing can be kept it is sent, once.
      sendAtOnce(waiting);
      return 'later';
    }
    await refresh();
    const registration = await navigator.serviceWorker?.getRegistration() as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    registration?.sync?.register(syncTag).catch(() => {});
    await send();
    const left = await (await deviceOf(memberId)).get('queue', waiting.key);
    return left?.item.id !== waiting.item.id ? 'taken' : left.refused ? 'refused' : 'later';
  }, [memberId, refresh, send]);

  const dismiss = useCallback(async (key: string) => {
    if (memberId) await (await deviceOf(memberId)).remove('queue', key);
    await refresh();
  }, [memberId, refresh]);

  useEffect(() => {
    if (!memberId) return;
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', ({ data }: MessageEvent<Verdict>) => void refresh({ verdict: data }));
    const onOnline = () => void send();
    const onOffline = () => void refresh();
    addEventListener('online', onOnline);
    addEventListener('offline', onOffline);
    void refresh().then(() => (navigator.onLine ? send() : undefined)).catch(() => {});
    return () => {
      channel.close();
      removeEventListener('online', onOnline);
      removeEventListener('offline', onOffline);
    };
  }, [memberId, refresh, send]);

  return { ...state, add, send, dismiss };
}
