import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clusterAt } from './cluster.ts';
import { type Database, joinDatabase, startDatabase } from './database.ts';
import { findPostmaster } from './postmaster.ts';
import { startTestDatabase, testSettings } from './test-database.ts';
import { asUser, databaseUser } from './user.ts';

let dataDir: string;
let opened: Database[];
let messages: string[];

const cluster = () => clusterAt(path.join(dataDir, 'postgres'));

/** Starts without waiting for the disk, unless durable settings are the question. */
async function start(settings: Record<string, string> = testSettings, folder = dataDir): Promise<Database> {
  const database = await startDatabase({ dataDir: folder, settings, log: (message) => messages.push(message) });
  opened.push(database);
  return database;
}

async function query<Row extends object>(database: Database, sql: string): Promise<Row[]> {
  const client = new pg.Client(database.url);
  client.on('error', () => {}); // told by the query that it fails
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function runningPid(): number {
  const found = findPostmaster(cluster());
  if (!found) throw new Error('no PostgreSQL runs on this folder');
  return found.pid;
}

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'milpa-database-'));
  opened = [];
  messages = [];
});

afterEach(async () => {
  for (const database of opened) await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('an embedded database', { timeout: 60_000 }, () => {
  test('is created durable, in UTF-8, with checksums and a password that only its owner reads', async () => {
    const database = await start({});
    const [settings] = await query<Record<string, string>>(
      database,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('data_checksums') AS checksums,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              (SELECT datlocale FROM pg_database WHERE datname = current_database()) AS locale,
              uuidv7() IS NOT NULL AS uuid, lower('ÁRBOL') AS lowered`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8',
      checksums: 'on',
      fsync: 'on',
      commit: 'on',
      locale: 'C.UTF-8',
      uuid: true,
      lowered: 'árbol',
    });
    expect(statSync(cluster().passwordFile).mode & 0o777).toBe(0o600);
  });

  test('refuses a wrong password', async () => {
    const url = new URL((await start()).url);
    url.password = 'guess';
    await expect(new pg.Client(url.href).connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps its data over a stop, which leaves no process', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS value');
    await first.stop();
    expect(findPostmaster(cluster())).toBeNull();
    expect(readdirSync(cluster().run)).toEqual([]);
    expect(await query(await start(), 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
  });

  test('comes back at the same address when PostgreSQL is killed while in use', async () => {
    const database = await start({});
    await query(database, 'CREATE TABLE kept AS SELECT 1 AS value');
    process.kill(runningPid(), 'SIGKILL');
    const rows = await vi.waitFor(() => query(database, 'SELECT value FROM kept'), { timeout: 30_000 });
    expect(rows).toEqual([{ value: 1 }]);
  });

  test('has what was acknowledged when the server is killed and its PostgreSQL still runs', async () => {
    const fixture = path.join(import.meta.dirname, 'killed-server.fixture.ts');
    const server = spawn(process.execPath, [fixture, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
    expect(String(said)).toBe('committed\n');
    const orphan = runningPid();
    server.kill('SIGKILL');
    await once(server, 'exit');
    expect(runningPid()).toBe(orphan);
    expect(await query(await start(), 'SELECT value FROM kept')).toEqual([{ value: 'acknowledged' }]);
    expect(runningPid()).not.toBe(orphan);
    expect(messages).toContain('Stopping the database that a killed server left behind');
  });

  test('starts although the process number in a stale pid file is another process of the same user', async () => {
    const first = await start();
    const pidFile = path.join(cluster().data, 'postmaster.pid');
    const content = readFileSync(pidFile, 'utf8');
    await first.stop();
    const bystander = spawn('sleep', ['600'], { ...asUser(databaseUser(() => {})), cwd: '/' });
    try {
      writeFileSync(pidFile, content.replace(/^\d+/, String(bystander.pid)));
      const user = statSync(cluster().data);
      chownSync(pidFile, user.uid, user.gid);
      expect(await query(await start(), 'SELECT 1 AS value')).toEqual([{ value: 1 }]);
      expect(bystander.exitCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  test('is refused to a second server, which is told who has it', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'database.inUse', message: expect.stringContaining(`process ${process.pid}`) });
  });

  test('is joined by a command beside the server, which keeps it', async () => {
    const server = await start();
    const joined = await joinDatabase({ dataDir, settings: testSettings, log: () => {} });
    expect(joined.url).toBe(server.url);
    await joined.stop();
    expect(await query(server, 'SELECT 1 AS value')).toEqual([{ value: 1 }]);
  });

  test('goes to exactly one of two servers that start at the same time in an empty folder', async () => {
    const results = await Promise.allSettled([start(), start()]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'database.inUse' });
  });

  test('is made anew when its first creation was interrupted', async () => {
    const unfinished = path.join(dataDir, 'postgres.unfinished-2147483646-x');
    mkdirSync(path.join(unfinished, 'data'), { recursive: true });
    writeFileSync(path.join(unfinished, 'data', 'PG_VERSION'), '18\n');
    await start();
    expect(existsSync(unfinished)).toBe(false);
    expect(readdirSync(dataDir)).toEqual(['postgres']);
  });

  test('that another PostgreSQL wrote is left alone, with both versions named', async () => {
    await (await start()).stop();
    writeFileSync(path.join(cluster().data, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toMatchObject({
      code: 'database.wrongVersion',
      message: expect.stringMatching(/PostgreSQL 17; installed is PostgreSQL 18/),
    });
  });

  test('starts below folders that only their owner may enter', async () => {
    const home = path.join(dataDir, 'home');
    mkdirSync(home);
    chmodSync(home, 0o700);
    const database = await start(testSettings, path.join(home, '.milpa'));
    expect(await query(database, 'SELECT 1 AS value')).toEqual([{ value: 1 }]);
    expect(statSync(home).mode & 0o067).toBe(0);
  });

  test('answers over TCP where the path is too long for a socket', async () => {
    const database = await start(testSettings, path.join(dataDir, 'x'.repeat(100)));
    expect(await query(database, 'SELECT host(inet_server_addr()) AS address')).toEqual([{ address: '127.0.0.1' }]);
  });
});

test('a test database leaves no folder behind', { timeout: 60_000 }, async () => {
  const database = await startTestDatabase();
  expect(await query(database, "SELECT current_setting('fsync') AS fsync")).toEqual([{ fsync: 'off' }]);
  await database.stop();
  expect(existsSync(path.dirname(database.dataDir ?? ''))).toBe(false);
});
