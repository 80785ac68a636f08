// oxlint-disable-next-line import/default -- the builder answers with the address of what it made of it
import workerUrl from './service-worker.ts?worker&url';

/** Makes the service worker answer for this site's pages. A new build brings it anew. */
export const startWorker = async (): Promise<void> => void await navigator.serviceWorker.register(workerUrl, { scope: '/', updateViaCache: 'none' });
