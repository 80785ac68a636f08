import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the browser has taken the page over: what only browsers can do is rendered from then on. */
export const useRested = (): boolean => useSyncExternalStore(never, () => true, () => false);
