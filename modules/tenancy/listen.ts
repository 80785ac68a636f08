/** Hears in every process that a tenant was changed in one. */
import pg from 'pg';
import type { Directory } from './directory.ts';

interface Log { warn(message: string): void }
const waitMilliseconds = { first: 500, longest: 30_000 };

/**
 * Forgets what is known of tenants whenever the database tells of a change, and after each new connection, since notices may have
 * been lost. Comes back by itself when the connection breaks.
 * @param connectionString of any role that may connect to the control plane; not through a pooler that shares connections
 */
export function listenForTenantChanges(connectionString: string, directory: Pick<Directory, 'forget'>, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wait = waitMilliseconds.first;

  const connect = async (): Promise<void> => {
    const fresh = client = new pg.Client({ connectionString, application_name: 'milpa-tenant-changes', keepAlive: true, connectionTimeoutMillis: 10_000 });
    let lost = false;
    const retry = (error?: Error) => {
      if (lost) return;
      lost = true;
      void fresh.end().catch(() => {});
      if (stopped) return;
      log.warn(`Changes of tenants are not heard for now: ${error?.message ?? 'the connection has ended'}`);
      timer = setTimeout(() => { opening = connect(); }, wait);
      wait = Math.min(wait * 2, waitMilliseconds.longest);
    };
    fresh.on('notification', () => directory.forget());
    fresh.on('error', retry);
    fresh.on('end', () => retry());
    try {
      await fresh.connect();
      await fresh.query('listen milpa_tenant');
      directory.forget();
      wait = waitMilliseconds.first;
    } catch (error) {
      retry(error as Error);
    }
  };
  let opening = connect();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await opening;
      await client?.end().catch(() => {});
    },
  };
}
