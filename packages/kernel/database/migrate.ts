/** Forward-only migrations in plain SQL, module by module, each file in a transaction of its own. Run as the owner of the database. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { installJobs } from '../jobs/install.ts';
import { ensureRoles, type RolePasswords } from './rights.ts';

/** A module's folder of migrations, with `control/` and `data/` inside as it needs them. */
export interface MigrationSource { module: string; directory: string }
export interface Migration { module: string; plane: 'control' | 'data'; name: string; sql: string; checksum: string }

async function filesOf(source: MigrationSource): Promise<Migration[]> {
  const found: Migration[] = [];
  for (const plane of ['control', 'data'] as const) {
    const names = await readdir(join(source.directory, plane)).catch(() => [] as string[]);
    for (const name of names.filter((file) => file.endsWith('.sql')).sort()) {
      const sql = await readFile(join(source.directory, plane, name), 'utf8');
      found.push({ module: source.module, plane, name, sql, checksum: createHash('sha256').update(sql).digest('hex') });
    }
  }
  return found;
}

const ledger = `
  create schema if not exists kernel_control;
  create table if not exists kernel_control.migration (
    module text not null, plane text not null, name text not null, checksum text not null, applied_at timestamptz not null default now(),
    primary key (module, plane, name)
  )`;

async function applied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; checksum: string }>(
    "select module || '/' || plane || '/' || name as key, checksum from kernel_control.migration");
  return new Map(rows.map((row) => [row.key, row.checksum]));
}
const keyOf = (migration: Migration) => `${migration.module}/${migration.plane}/${migration.name}`;

async function connected<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'milpa-migrate' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Applies what is pending, in the order of `sources`; one process at a time, others wait.
 * @returns the keys (`module/plane/file`) that were applied.
 * @throws when a file that was applied has changed since, or a statement fails (that file is rolled back whole).
 */
export async function migrate(adminUrl: string, sources: MigrationSource[], passwords: RolePasswords, onFile: (key: string) => void = () => {}): Promise<string[]> {
  return connected(adminUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('milpa.migrate'))");
    await ensureRoles(client, passwords);
    await client.query(ledger);
    const done = await applied(client);
    const fresh: string[] = [];
    for (const source of sources) {
      for (const migration of await filesOf(source)) {
        const key = keyOf(migration);
        const before = done.get(key);
        if (before === migration.checksum) continue;
        if (before !== undefined) throw new Error(`The migration ${key} was changed after it had been applied. Restore it, and put the change into a new file.`);
        onFile(key);
        await client.query('begin');
        try {
          await client.query(migration.sql);
          await client.query('insert into kernel_control.migration (module, plane, name, checksum) values ($1, $2, $3, $4)', [migration.module, migration.plane, migration.name, migration.checksum]);
          await client.query('commit');
        } catch (error) {
          await client.query('rollback');
          throw new Error(`The migration ${key} failed: ${(error as Error).message}`, { cause: error });
        }
        fresh.push(key);
      }
      if (source.module === 'kernel') await installJobs(adminUrl);
    }
    return fresh;
  });
}

/** The keys of the migrations that `migrate` would apply. */
export async function pendingMigrations(adminUrl: string, sources: MigrationSource[]): Promise<string[]> {
  return connected(adminUrl, async (client) => {
    const { rows } = await client.query<{ present: boolean }>("select to_regclass('kernel_control.migration') is not null as present");
    const done = rows[0]?.present ? await applied(client) : new Map<string, string>();
    const all = (await Promise.all(sources.map(filesOf))).flat();
    return all.map(keyOf).filter((key) => !done.has(key));
  });
}
