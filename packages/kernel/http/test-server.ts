/** The kernel alone behind HTTP, for its tests: one tenant, a table of things, people who are known by a word. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { fixedClock } from '../clock.ts';
import { endpoint, id, open, upload } from '../contract.ts';
import { connectDatabase, type Database } from '../database/database.ts';
import { enqueue } from '../enqueue.ts';
import { controlRoute, route, type Route } from '../module.ts';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';
import type { Tenant } from '../tenant.ts';
import { versionOf, withVersion } from '../version.ts';
import { registerApi, type ApiOptions } from './api.ts';
import { makeMetrics } from './metrics.ts';
import { memoryRateLimiter } from './rate-limit.ts';

export const tenant: Tenant = {
  id: '0199a000-0000-7000-8000-000000000001', slug: 'shelf', dataPlane: 'main', name: 'Shelf', tagline: null, blueprint: 'any', status: 'active', locale: 'es-MX', timeZone: 'UTC', currency: 'MXN', accent: null,
  logoFileId: null, features: {}, limits: { courses: 1, members: 1, storageBytes: 1, apiPerMinute: 1_000_000 }, signUp: 'open', primaryHost: null, allowedOrigins: ['https://partner.example'],
};
export const host = 'shelf.milpa.test';

const thing = z.object({ id, name: z.string(), version: z.int() });
const thingId = z.object({ thingId: id });
const body = z.strictObject({ name: z.string().min(1).max(20) });
interface Thing { id: string; name: string; version: number }

const routes: Route[] = [
  route(endpoint({ id: 'shelf.listThings', method: 'GET', path: '/things', summary: 'All', access: open('anybody may look'), query: z.object({ since: z.string().optional() }), response: z.object({ data: z.array(thing) }) }),
    async ({ tx, query: { since = '-infinity' } }) => ({ data: (await sql<Thing>`select id, name, version from shelf.thing where added_at >= ${since}::timestamptz order by id`.execute(tx)).rows })),
  route(endpoint({ id: 'shelf.addThing', method: 'POST', path: '/things', summary: 'Add', access: 'thing:create', status: 201, body, response: thing }),
    async ({ tx, body: { name }, reply }) => {
      if (name === 'refused') throw new Problem(problems.forbidden);
      return withVersion(reply, (await sql<Thing>`insert into shelf.thing (name) values (${name}) returning id, name, version`.execute(tx)).rows[0]!);
    }),
  route(endpoint({ id: 'shelf.renameThing', method: 'PATCH', path: '/things/{thingId}', summary: 'Rename', access: 'thing:update', ifMatch: true, params: thingId, body, response: thing }),
    async ({ tx, params, body: { name }, request, reply }) => {
      const { rows: [row] } = await sql<Thing>`update shelf.thing set name = ${name}, version = version + 1 where id = ${params.thingId} and version = ${versionOf(request.ifMatch)} returning id, name, version`.execute(tx);
      if (!row) throw new Problem(problems.version_conflict);
      return withVersion(reply, row);
    }),
  route(endpoint({ id: 'shelf.bringFile', method: 'POST', path: '/files', summary: 'Bring a file', access: 'thing:create', body: upload, query: z.object({ name: z.string().optional() }), response: z.object({ name: z.string(), size: z.int(), sha256: z.string() }) }),
    async ({ body: file }) => {
      if (file.name === 'bad') throw new Error('the handler broke');
      return { name: file.name, size: file.size, sha256: file.sha256 };
    }),
  route(endpoint({ id: 'shelf.break', method: 'GET', path: '/broken', summary: 'Break', access: open('for the test'), response: z.object({}) }), async () => { throw new Error('a secret of the server'); }),
  controlRoute(endpoint({ id: 'shelf.ask', method: 'POST', path: '/questions', plane: 'control', summary: 'Ask for a job', access: { account: 'for the test' }, status: 202, body: z.strictObject({ word: z.string() }), response: z.object({}) }),
    async ({ tx, body: { word } }) => { await enqueue(tx, { name: 'shelf.answer', maxAttempts: 1 }, { word }); return {}; }),
];

/** `Bearer <name>`, or the cookie `session=<name>`: a member of that name. */
const nameIn = (credentials: { cookieHeader: string; authorization: string | null }) =>
  /^Bearer (\S+)$/.exec(credentials.authorization ?? '')?.[1] ?? /session=(\S+)/.exec(credentials.cookieHeader)?.[1] ?? null;
const idOf = (name: string) => `0199a000-0000-7000-8000-${Buffer.from(name.padEnd(6, '.')).subarray(0, 6).toString('hex')}`;

export interface TestServer {
  send(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Listens on a free port of this machine. */
  listen(): Promise<string>;
  database: Database;
  owner: pg.Pool;
  /** The connection of the worker's role. */
  queueUrl: string;
  spooled(): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts the kernel with these limits on a copy of the migrated database. */
export async function startTestServer({ apiPerMinute = tenant.limits.apiPerMinute, ...options }: Partial<Pick<ApiOptions, 'limits' | 'maxPending' | 'secure' | 'maxUploadBytes'>> & { apiPerMinute?: number } = {}): Promise<TestServer> {
  const shelf = { ...tenant, limits: { ...tenant.limits, apiPerMinute } };
  const serverUrl = process.env['TEST_DATABASE_URL']!;
  const name = `kernel_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  // Only one database at a time may be copied from the template.
  await server.query("select pg_advisory_lock(hashtext('milpa.template'))");
  await server.query(`create database ${name} template ${process.env['TEST_TEMPLATE_DATABASE']}`);
  await server.query("select pg_advisory_unlock(hashtext('milpa.template'))");
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const owner = new pg.Pool({ connectionString: url.href, max: 2 });
  owner.on('error', () => {});
  await owner.query(`
    create schema shelf; grant usage on schema shelf to milpa_app;
    create table shelf.thing (tenant_id uuid not null default kernel.current_tenant(), id uuid not null default uuidv7(), name text not null, version int not null default 1, added_at timestamptz not null default now(), primary key (tenant_id, id));
    select kernel.isolate('shelf.thing')`);
  const as = (role: string) => { const own = new URL(url); own.searchParams.set('options', `-c role=${role}`); return own.href; };
  const database = connectDatabase({ controlUrl: as('milpa_control'), dataPlanes: { main: as('milpa_app') }, clock: fixedClock('2026-07-01T12:00:00Z'), poolSize: 6 });
  const spoolDirectory = await mkdtemp(join(tmpdir(), 'milpa-spool-'));
  const app = Fastify({ bodyLimit: 10_000 });
  registerApi(app, {
    database, routes, metrics: makeMetrics(database), rateLimiter: memoryRateLimiter(), limits: { address: 1_000_000, member: 1_000_000 }, maxPending: 200, spoolDirectory, maxUploadBytes: 1000, version: '0',
    baseHost: 'milpa.test', secure: false, onMismatch: () => {}, ...options,
    tenants: { byId: async (wanted) => (wanted === tenant.id ? shelf : null), byHost: async (wanted) => (wanted === host ? shelf : null) },
    authenticator: {
      identify: async (credentials) => { const found = nameIn(credentials); return found ? { accountId: idOf(found), sessionId: null, operator: false, token: null } : null; },
      async actorIn(_tenant, identity) {
        if (!identity) return { kind: 'visitor', accountId: null, memberId: null, permissions: new Set() };
        return { kind: 'member', accountId: identity.accountId, memberId: identity.accountId, permissions: new Set(['thing:create', 'thing:update']) };
      },
    },
  });
  return {
    send: (request) => app.inject({ ...request, headers: { host, ...request.headers } }),
    listen: () => app.listen({ port: 0, host: '127.0.0.1' }),
    database, owner, queueUrl: as('milpa_control'), spooled: () => readdir(spoolDirectory),
    async close() {
      await app.close();
      await database.close();
      await owner.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
      await rm(spoolDirectory, { recursive: true, force: true });
    },
  };
}
