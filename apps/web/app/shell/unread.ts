import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';

const everyMs = 120_000;

/**
 * How many threads have something unread: as the page came with, and as the server counts once a thread was opened, while one stays,
 * and when one comes back.
 * @param loaded null where there are no messages to read
 */
export function useUnread(loaded: number | null): number {
  const { pathname } = useLocation();
  const [counted, setCounted] = useState({ loaded, unread: loaded });
  const thread = pathname.startsWith('/messages/') ? pathname : null;
  useEffect(() => {
    if (loaded === null) return;
    const count = async () => {
      if (document.visibilityState !== 'visible' || !navigator.onLine) return;
      const answer = await fetch('/api/v1/unread-messages').catch(() => null);
      if (answer?.ok) setCounted({ loaded, unread: (await answer.json() as { unread: number }).unread });
    };
    if (thread) void count();
    const timer = setInterval(() => void count(), everyMs);
    const onVisible = () => void count();
    document.addEventListener('visibilitychange', onVisible);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', onVisible); };
  }, [loaded, thread]);
  return (counted.loaded === loaded ? counted.unread : loaded) ?? 0;
}
