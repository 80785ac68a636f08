import { useEffect } from 'react';
import { useRevalidator } from 'react-router';

/** Looks again every so many milliseconds while the page is in sight; null never does. What changed is put in its place: nothing jumps, and no focus is lost. */
export function useRefresh(everyMs: number | null): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (everyMs === null || state !== 'idle') return;
    const timer = setInterval(() => { if (document.visibilityState === 'visible') void revalidate(); }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, state, revalidate]);
}
