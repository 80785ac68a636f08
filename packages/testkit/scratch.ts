/** A copy of the migrated database without a server in front of it, to plant faults in. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { templateName } from './global-setup.ts';

export interface ScratchDatabase { url: string; owner: pg.Pool; drop(): Promise<void> }

/** Copies the migrated database. Drop it in `afterAll`. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('Tests need the PostgreSQL that packages/testkit/global-setup.ts starts: run them with vitest.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  // Only one database at a time may be copied from the template.
  await server.query("select pg_advisory_lock(hashtext('milpa.template'))");
  await server.query(`create database ${name} template ${templateName}`);
  await server.query("select pg_advisory_unlock(hashtext('milpa.template'))");
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const owner = new pg.Pool({ connectionString: url.href, max: 2 });
  owner.on('error', () => {});
  return {
    url: url.href, owner,
    async drop() {
      await owner.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
