/** One PostgreSQL for a whole test run; every test file makes databases of its own in it. */
import { startTestDatabase } from '../../apps/server/database/test-database.ts';

export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['TEST_DATABASE_URL']) return async () => {};
  const database = await startTestDatabase();
  process.env['TEST_DATABASE_URL'] = database.url;
  return () => database.stop();
}
