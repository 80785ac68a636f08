import { useLayoutEffect, useRef, type RefObject } from 'react';

/** What a value was when the page was last drawn, for handlers that live longer than that. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => { latest.current = value; });
  return latest;
}
