/** One PostgreSQL for a whole test run, with a migrated database that every test file copies. */
import pg from 'pg';
import { migrate } from '@milpa/kernel';
import { startTestDatabase } from '../../apps/server/database/test-database.ts';
import { migrationSources } from '../../apps/server/modules.ts';
import { rolePasswords } from '../../apps/server/secrets.ts';
import { testSecret } from './secret.ts';

export const templateName = 'milpa_template';

export default async function setup(): Promise<() => Promise<void>> {
  const database = await startTestDatabase();
  const server = new pg.Client({ connectionString: database.url });
  await server.connect();
  await server.query(`create database ${templateName}`);
  await server.end();
  const template = new URL(database.url);
  template.pathname = `/${templateName}`;
  await migrate(template.href, migrationSources, rolePasswords(testSecret));
  process.env['TEST_DATABASE_URL'] = database.url;
  process.env['TEST_TEMPLATE_DATABASE'] = templateName;
  return () => database.stop();
}
