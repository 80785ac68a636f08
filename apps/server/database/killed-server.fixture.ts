// A server for the crash tests: commits one row, says so, and waits to be killed.
import pg from 'pg';
import { startDatabase } from './database.ts';

const database = await startDatabase({ dataDir: process.argv[2] ?? '', log: () => {} });
const client = new pg.Client(database.url);
await client.connect();
await client.query('CREATE TABLE kept (value text)');
await client.query("INSERT INTO kept VALUES ('acknowledged')");
process.stdout.write('committed\n');
