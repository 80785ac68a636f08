import { redirect } from 'react-router';

/** How long a server may take before what is on this device is shown instead. */
const patienceMs = 12_000;

/** What the server answers; where there is no network, the same address among what this device has kept. */
export async function orOffline<T>(ask: () => Promise<T>, request: Request): Promise<T> {
  const { pathname, search } = new URL(request.url);
  const away = () => redirect(`/offline?at=${encodeURIComponent(pathname + search)}`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(away()), patienceMs); });
  try {
    return await Promise.race([ask(), tooLong]);
  } catch (error) {
    // A request that never was answered; everything else is an answer.
    if (error instanceof TypeError) throw away();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
