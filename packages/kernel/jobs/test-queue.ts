/** A database of its own with the job queue installed, for the tests of this folder. */
import { randomUUID } from 'node:crypto';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { enqueueSql, installJobs, type JobRequest } from './jobs.ts';

/** The one place that says where tests find PostgreSQL. */
function adminConnectionString(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL must name a PostgreSQL 18 in which databases and roles may be created');
  return url;
}

export interface TestQueue {
  /** Connects to the test's database with the rights of that role. */
  connectionString(role: 'owner' | 'milpa_app' | 'milpa_control' | 'milpa_stranger'): string;
  /** As the owner. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** As `milpa_control`. */
  control: Kysely<unknown>;
  /** Enqueues as `milpa_app`, in a transaction. */
  enqueue(request: JobRequest): Promise<string>;
  drop(): Promise<void>;
}

const roles = ['milpa_app', 'milpa_control', 'milpa_stranger'];

export async function createTestQueue(): Promise<TestQueue> {
  const name = `jobs_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: adminConnectionString() });
  await server.connect();
  for (const role of roles) {
    await server.query(`create role ${role}`).catch((error: { code?: string }) => {
      if (!['42710', '23505'].includes(error.code ?? '')) throw error; // another test made it
    });
  }
  await server.query(`create database ${name}`);

  function connectionString(role: string): string {
    const url = new URL(adminConnectionString());
    url.pathname = `/${name}`;
    if (role !== 'owner') url.searchParams.set('options', `-c role=${role}`);
    return url.href;
  }
  await installJobs(connectionString('owner'));
  function pool(role: string): pg.Pool {
    const connections = new pg.Pool({ connectionString: connectionString(role), max: 2 });
    const ignore = () => {}; // dropping the database may break a connection that is closing
    connections.on('error', ignore).on('connect', (client) => client.on('error', ignore));
    return connections;
  }
  const owner = pool('owner');
  const control = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool('milpa_control') }) });
  const app = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool('milpa_app') }) });

  return {
    connectionString,
    query: async (text, values) => (await owner.query(text, values)).rows as Record<string, unknown>[],
    control,
    async enqueue(request) {
      const { text, values } = enqueueSql(request);
      return app.transaction().execute(async (tx) => {
        const { rows } = await tx.executeQuery<{ id: string }>(CompiledQuery.raw(text, values));
        return rows[0]!.id;
      });
    },
    async drop() {
      await Promise.all([owner.end(), control.destroy(), app.destroy()]);
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
