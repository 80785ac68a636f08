/** Hears in every process that a tenant was changed in one. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
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
  const stopping = new AbortController();
  const { signal } = stopping;
  let wait = waitMilliseconds.first;

  const heard = () => {
    directory.forget();
    wait = waitMilliseconds.first;
  };
  const listenOnce = async (): Promise<void> => {
    const client = new pg.Client({ connectionString, application_name: 'milpa-tenant-changes', keepAlive: true, connectionTimeoutMillis: 10_000 });
    // The promises below tell of errors; one that nobody listens to would end the process.
    client.on('error', () => {});
    client.on('notification', () => directory.forget());
    try {
      await client.connect();
      await Promise.all([once(client, 'end', { signal }), client.query('listen milpa_tenant').then(heard)]);
    } finally {
      await client.end().catch(() => {});
    }
  };
  const listen = async (): Promise<void> => {
    while (!signal.aborted) {
      const reason = await listenOnce().then(() => 'the connection has ended', (error: Error) => error.message);
      if (signal.aborted) return;
      log.warn(`Changes of tenants are not heard for now: ${reason}`);
      await delay(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, waitMilliseconds.longest);
    }
  };
  const listening = listen();

  return {
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}
