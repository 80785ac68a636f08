import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Probes } from '../commands/installation.ts';
import { type Config, loadConfig, secretFile } from '../config.ts';
import { type Database } from '../database/database.ts';
import { startTestDatabase } from '../database/test-database.ts';
import { checkDatabase } from './database.ts';
import { diagnose } from './doctor.ts';
import { checkClock, checkDataFolder, checkNode, checkPort, checkSecret, checkSpace, checkWebBuild } from './machine.ts';

const mended = expect.stringMatching(/.{10,}/);
const well: Probes = { servingRoles: [], webBuildIsFresh: () => true, pendingMigrations: async () => [], health: async () => [] };

let folder: string;
let config: Config;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'milpa-doctor-'));
  config = loadConfig({ MILPA_DATA: folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the machine', () => {
  test('needs Node 24', () => {
    expect(checkNode('24.21.0')).toMatchObject({ state: 'ok' });
    expect(checkNode('20.20.2')).toMatchObject({ state: 'failed', message: expect.stringContaining('20.20.2'), remedy: mended });
  });

  test('needs room on the disk', () => {
    expect([5e6, 5e8, 5e9].map((bytes) => checkSpace(bytes).state)).toEqual(['failed', 'warning', 'ok']);
  });

  test('may have a data folder that is not there yet, but not one in the place of a file', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '', { mode: 0o600 });
    expect(checkDataFolder(path.join(folder, 'new/er'))).toMatchObject({ state: 'ok' });
    expect(checkDataFolder(file)).toMatchObject({ state: 'failed', remedy: mended });
  });

  test('keeps its secret to itself', () => {
    expect(checkSecret(config)).toMatchObject({ state: 'skipped' });
    writeFileSync(secretFile(config), 'x'.repeat(40), { mode: 0o600 });
    expect(checkSecret(config)).toMatchObject({ state: 'ok' });
    chmodSync(secretFile(config), 0o644);
    expect(checkSecret(config)).toMatchObject({ state: 'failed', remedy: `Run "chmod 600 ${secretFile(config)}".` });
  });

  test('builds the web application when it starts', () => {
    expect([true, false].map((isFresh) => checkWebBuild(isFresh).state)).toEqual(['ok', 'skipped']);
  });

  test('has a clock that was set', () => {
    const installed = new Date('2026-06-01');
    expect(checkClock(new Date('2026-06-02'), installed)).toMatchObject({ state: 'ok' });
    expect(checkClock(new Date('1970-01-01'), installed)).toMatchObject({ state: 'failed', remedy: mended });
  });

  test('has its port free, and tells who has it not', async () => {
    const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    expect(await checkPort(port, '127.0.0.1')).toMatchObject({
      state: 'failed',
      message: `${port} is taken by another program`,
      remedy: mended,
    });
    server.close();
    await once(server, 'close');
    expect(await checkPort(port, '127.0.0.1')).toMatchObject({ state: 'ok', message: `${port} is free` });
    expect(await checkPort(port, '203.0.113.1')).toMatchObject({ state: 'failed', remedy: mended });
  });
});

describe('the database', { timeout: 60_000 }, () => {
  let database: Database;
  let external: Config;
  beforeAll(async () => {
    database = await startTestDatabase();
    external = { ...config, databaseUrl: database.url };
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query('CREATE ROLE meek; CREATE ROLE mighty BYPASSRLS');
    await client.end();
  }, 60_000);
  afterAll(() => database.stop());

  const states = async (probes: Partial<Probes>) =>
    Object.fromEntries((await checkDatabase(external, { ...well, ...probes })).map((finding) => [finding.check, finding.state]));

  test('is well', async () => {
    const expected = { Database: 'ok', 'Clock of the database': 'ok', 'Database rights': 'ok', 'Database roles': 'ok', Migrations: 'ok', 'Parked jobs': 'ok', Mail: 'warning' };
    const health = async () => [
      { check: 'database', verdict: 'well' as const, values: {} }, { check: 'parked', verdict: 'well' as const, values: { count: 0 } },
      { check: 'mail', verdict: 'look' as const, values: { waiting: 1, failing: 1, oldestSeconds: 90 } },
    ];
    expect(await states({ servingRoles: ['meek'], health })).toEqual(expected);
  });

  test('fails for a role that is missing or may bypass policies, waiting migrations, and parked jobs', async () => {
    expect(await states({ servingRoles: ['absent'] })).toMatchObject({ 'Database roles': 'failed' });
    expect(await states({ servingRoles: ['mighty'] })).toMatchObject({ 'Database roles': 'failed' });
    expect(await states({ pendingMigrations: async () => ['catalog/data/002.sql'] })).toMatchObject({ Migrations: 'failed' });
    const parked = { check: 'parked', verdict: 'mend' as const, values: { count: 3 } };
    const findings = await checkDatabase(external, { ...well, health: async () => [parked] });
    expect(findings.at(-1)).toEqual({ check: 'Parked jobs', state: 'failed', message: '3 jobs are parked after their last try.', remedy: mended });
  });

  test('tells what its user may not do and must, with the statements that grant it', async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query("CREATE ROLE tenantless LOGIN PASSWORD 't'");
    await client.end();
    const url = Object.assign(new URL(database.url), { username: 'tenantless', password: 't' });
    const findings = await checkDatabase({ ...config, databaseUrl: url.href }, { ...well, servingRoles: ['meek'] });
    expect(findings.find(({ check }) => check === 'Database rights')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('tenantless may not create schemas'),
      remedy: expect.stringMatching(/grant create on database milpa to tenantless; alter role tenantless createrole; grant meek to tenantless with admin option;$/),
    });
  });

  test('that does not answer is told without its password', async () => {
    const findings = await checkDatabase({ ...config, databaseUrl: 'postgres://milpa:hunter2@127.0.0.1:1/milpa' }, well);
    expect(findings).toMatchObject([{ state: 'failed', message: expect.stringContaining('ECONNREFUSED') }]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });
});

test('a fresh installation has no database yet, and is told so', async () => {
  const reported: string[] = [];
  const findings = await diagnose({ ...config, dataDir: path.join(folder, 'fresh') }, well, (finding) => reported.push(finding.check));
  expect(reported).toEqual(findings.map((finding) => finding.check));
  expect(findings.at(-1)).toMatchObject({ check: 'Database', state: 'skipped' });
});
