import { existsSync } from 'node:fs';
import path from 'node:path';
import { missingRights } from '@milpa/kernel';
import pg from 'pg';
import { type Probes } from '../commands/installation.ts';
import { type Config } from '../config.ts';
import { type Database, externalDatabase, joinDatabase } from '../database/database.ts';
import { about, type Finding, findingOf } from './finding.ts';

const tolerableClockSeconds = 5;

/** Asks the database: one finding when it cannot be reached, else one for each thing asked. */
export async function checkDatabase(config: Config, probes: Probes): Promise<Finding[]> {
  const { skipped, failed } = about('Database');
  if (config.databaseUrl === null && !existsSync(path.join(config.dataDir, 'postgres'))) {
    return [skipped('there is none yet; the first start creates it', 'Run "npm start".')];
  }
  let database: Database;
  try {
    database = await openDatabase(config);
  } catch (error) {
    return [
      failed((error as Error).message, 'See the message; the embedded database keeps its log in postgres/postgres.log in the data folder.'),
    ];
  }
  const client = new pg.Client(database.url);
  client.on('error', () => {}); // told by the query that fails
  try {
    await client.connect();
    const pending = await probes.pendingMigrations(database.url);
    return [
      await checkVersion(client, database),
      await checkClockOf(client),
      await checkRights(client, probes.servingRoles),
      await checkRoles(client, probes.servingRoles),
      checkMigrations(pending),
      // Before the migrations there is nothing to ask. What database it is was said already.
      ...(pending.length === 0 ? (await probes.health(database.url)).filter(({ check }) => check !== 'database').map(findingOf) : []),
    ];
  } finally {
    await client.end();
    await database.stop();
  }
}

function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  return databaseUrl === null ? joinDatabase({ dataDir, log: () => {} }) : externalDatabase(databaseUrl);
}

async function checkVersion(client: pg.Client, database: Database): Promise<Finding> {
  const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
  return about('Database').ok(
    `PostgreSQL ${rows[0]?.version}, ${database.embedded ? `embedded in ${database.dataDir}` : 'from DATABASE_URL'}`,
  );
}

async function checkClockOf(client: pg.Client): Promise<Finding> {
  const { ok, failed } = about('Clock of the database');
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const seconds = Math.round(Math.abs((rows[0]?.now.getTime() ?? 0) - Date.now()) / 1000);
  if (seconds <= tolerableClockSeconds) return ok('agrees with this machine');
  return failed(`differs by ${seconds} s from this machine's`, 'Let both machines keep their time with NTP ("timedatectl set-ntp true").');
}

async function checkRights(client: pg.Client, roles: readonly string[]): Promise<Finding> {
  const { ok, failed } = about('Database rights');
  const missing = await missingRights(client, roles);
  if (missing.length === 0) return ok('enough to migrate and to make the serving roles');
  return failed(
    missing.map(({ message }) => message).join('; '),
    `Let an administrator of the database run: ${missing.map(({ statement }) => statement).join(' ')}`,
  );
}

async function checkRoles(client: pg.Client, expected: readonly string[]): Promise<Finding> {
  const { ok, failed } = about('Database roles');
  const { rows } = await client.query<{ name: string; mighty: boolean }>(
    'SELECT rolname AS name, rolsuper OR rolbypassrls AS mighty FROM pg_roles WHERE rolname = ANY($1)',
    [expected],
  );
  const missing = expected.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) return failed(`${missing.join(', ')} missing`, 'Run "npm run milpa -- migrate".');
  const mighty = rows.filter((row) => row.mighty).map((row) => row.name);
  if (mighty.length === 0) return ok(expected.join(', '));
  return failed(
    `${mighty.join(', ')} may bypass row-level security, so that tenants are not kept apart`,
    `Run as the database's owner: ${mighty.map((name) => `ALTER ROLE ${name} NOSUPERUSER NOBYPASSRLS;`).join(' ')}`,
  );
}

function checkMigrations(pending: string[]): Finding {
  const { ok, failed } = about('Migrations');
  if (pending.length === 0) return ok('none waiting');
  return failed(`${pending.length} waiting: ${pending.join(', ')}`, 'Run "npm run milpa -- migrate", or start the server.');
}
