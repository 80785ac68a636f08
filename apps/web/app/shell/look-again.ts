import { useEffect } from 'react';
import { useRevalidator } from 'react-router';

/** How often a page looks how far its work is. */
const soonMs = 1500;

/** A page whose work goes on elsewhere follows it while it is in sight. What changed is put in its place: nothing jumps, and no focus is lost. */
export function useLookingAgain(isUnderWay: boolean, everyMs = soonMs): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isUnderWay || state !== 'idle') return;
    const timer = setInterval(() => { if (document.visibilityState === 'visible') void revalidate(); }, everyMs);
    return () => clearInterval(timer);
  }, [isUnderWay, everyMs, state, revalidate]);
}
