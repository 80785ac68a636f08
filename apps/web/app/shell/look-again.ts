import { useEffect } from 'react';
import { useRevalidator } from 'react-router';

/** How often a page looks how far its work is. */
const everyMs = 1500;

/** A page whose work goes on elsewhere follows it, until it is done. */
export function useLookingAgain(isUnderWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isUnderWay || state !== 'idle') return;
    const timer = setTimeout(() => { void revalidate(); }, everyMs);
    return () => clearTimeout(timer);
  }, [isUnderWay, state, revalidate]);
}
