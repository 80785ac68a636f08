import { readFile } from 'node:fs/promises';
import { Logger as GraphileLogger, runMigrations } from 'graphile-worker';
import pg from 'pg';

const silent = new GraphileLogger(() => () => {});

/**
 * Creates or upgrades the job queue of one database and grants the roles `milpa_app` and `milpa_control`, which must exist, what
 * they need on it. Repeatable; runs with every migration, because an upgrade of the library may bring new tables.
 * @param adminConnectionString of the role that is to own the queue; not the serving role, not the worker's
 */
export async function installJobs(adminConnectionString: string): Promise<void> {
  await runMigrations({ connectionString: adminConnectionString, schema: 'graphile_worker', logger: silent });
  const client = new pg.Client({ connectionString: adminConnectionString });
  await client.connect();
  try {
    await client.query(await readFile(new URL('./jobs.sql', import.meta.url), 'utf8'));
  } finally {
    await client.end();
  }
}
