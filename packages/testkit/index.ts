/** A whole Milpa for a test file: a database of its own, a server that listens, tenants with people in them. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTenant } from '@milpa/flows';
import { addMember, createVerifiedAccount, makeOperator } from '@milpa/identity';
import { fixedClock, roleUrl, systemActor, type Tenant } from '@milpa/kernel';
import { runDueJobs } from '@milpa/kernel/jobs';
import type pg from 'pg';
import pino from 'pino';
import { composeApplication, type Application, type ApplicationOptions } from '../../apps/server/application.ts';
import { deriveSecret, rolePasswords } from '../../apps/server/secrets.ts';
import { signAccessToken, tokenKeys } from '../../modules/identity/token/jwt.ts';
import { makeClient, type Client } from './client.ts';
import { createScratchDatabase } from './scratch.ts';
import { testSecret } from './secret.ts';

export { makeClient, type Answer, type Client } from './client.ts';
export type { Application } from '../../apps/server/application.ts';

export const testPassword = 'tres hermanas en el campo';

export interface Person { memberId: string; accountId: string; email: string; token: string; client: Client }

export interface TestTenant {
  tenant: Tenant;
  host: string;
  /** Nobody who is signed in. */
  visitor: Client;
  /** A new member with these roles of the blueprint, with a token for it. */
  person(...roleKeys: string[]): Promise<Person>;
  /** Somebody whose account there is, as a new member of this tenant. */
  join(person: Pick<Person, 'accountId' | 'email'>, ...roleKeys: string[]): Promise<Person>;
  /** The member's client with a token of this moment: tokens age with the clock. */
  signIn(person: Pick<Person, 'accountId' | 'memberId'>): Promise<Client>;
  /** The member's client as a browser of theirs that has just signed in: sensitive acts want that, and no token. */
  browse(person: Pick<Person, 'email'>): Promise<Client>;
}

export interface TestBed {
  application: Application;
  port: number;
  clock: ReturnType<typeof fixedClock>;
  /** As the owner of the tables, past row-level security where the owner is a superuser. */
  owner: pg.Pool;
  tenant(blueprint?: string): Promise<TestTenant>;
  operator(): Promise<Client>;
  client(host: string): Client;
  /** Another process's worth of Milpa over the same database. */
  second(): Promise<{ port: number; close(): Promise<void> }>;
  /** Runs every job that is due, and those that they ask for. */
  runJobs(): Promise<void>;
  /** Runs one job here and now, as its last try. */
  runJob(name: string, payload?: object): Promise<void>;
  close(): Promise<void>;
}

export const baseHost = 'milpa.test';

export interface TestBedOptions extends Partial<Pick<ApplicationOptions, 'rateLimiter' | 'limits' | 'makeMail' | 'makeStorage' | 'maxPending' | 'poolSize' | 'verifier'>> {
  /** Adds to the server what must be there before it listens. */
  prepare?: (application: Application) => void;
}

/** Starts a Milpa on a free port. Close it in `afterAll`. */
export async function createTestBed({ prepare, ...options }: TestBedOptions = {}): Promise<TestBed> {
  const { url: adminUrl, owner, drop } = await createScratchDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'milpa-test-'));
  const clock = fixedClock(new Date());
  const log = pino({ level: 'silent' });
  const compose = () => composeApplication({
    adminUrl, dataDir, secret: testSecret, baseHost, secure: false, trustProxy: false, clock, log, version: '0.0.0-test', poolSize: 4,
    limits: { address: 1_000_000, member: 1_000_000 }, ...options,
  });
  const listening = async ({ server }: Application): Promise<number> => {
    await server.listen({ port: 0, host: '127.0.0.1' });
    return (server.server.address() as AddressInfo).port;
  };
  const application = await compose();
  prepare?.(application);
  const port = await listening(application);

  const newAccount = async (role: string) => {
    const email = `${role}-${randomUUID()}@example.test`;
    const { accountId } = await createVerifiedAccount(application.auth, { email, name: `Test ${role}`, password: testPassword, locale: 'en' });
    return { accountId, email };
  };

  const keys = tokenKeys(deriveSecret(testSecret, 'tokens'));
  const tokenFor = async (tenant: Tenant, accountId: string, memberId: string) => {
    const { permissions } = await application.authenticator.actorIn(tenant, { accountId, sessionId: null, operator: false, token: null });
    return signAccessToken(keys, { accountId, tenantId: tenant.id, memberId, permissions: [...permissions] }, clock.now());
  };

  const browserOf = async (host: string, email: string) => {
    const client = makeClient(port, host, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });
    const answer = await client.post('sessions', { email, password: testPassword });
    return client.with({ cookie: cookiesOf(answer.headers['set-cookie']) });
  };

  return {
    application, port, clock, owner,
    client: (host) => makeClient(port, host),
    async second() {
      const other = await compose();
      return { port: await listening(other), close: () => other.close() };
    },
    async tenant(blueprint = 'academy') {
      const slug = `t-${randomUUID().slice(0, 13)}`;
      const tenant = await openTenant(application.opening, { slug, name: `Tenant ${slug}`, tagline: null, blueprint, firstAdminEmail: null });
      const host = `${slug}.${baseHost}`;
      const clientWith = (token: string) => makeClient(port, host, { authorization: `Bearer ${token}` });
      const join: TestTenant['join'] = async ({ accountId, email }, ...roleKeys) => {
        const { memberId } = await application.database.withTenant(tenant, systemActor, (tx) => addMember(tx, { accountId, email, name: `Test ${roleKeys[0] ?? 'nobody'}`, locale: 'en', roleKeys }));
        const token = await tokenFor(tenant, accountId, memberId);
        return { memberId, accountId, email, token, client: clientWith(token) };
      };
      return {
        tenant, host, join, visitor: makeClient(port, host),
        person: async (...roleKeys) => join(await newAccount(roleKeys[0] ?? 'nobody'), ...roleKeys),
        signIn: async ({ accountId, memberId }) => clientWith(await tokenFor(tenant, accountId, memberId)),
        browse: ({ email }) => browserOf(host, email),
      };
    },
    async operator() {
      const account = await newAccount('operator');
      await makeOperator(application.database, account.accountId);
      return browserOf(baseHost, account.email);
    },
    runJobs: () => runDueJobs({ connectionString: roleUrl(adminUrl, 'control', rolePasswords(testSecret).control), jobs: [...application.jobs], log }),
    runJob: async (name, payload = {}) => {
      const job = application.jobs.find((each) => each.name === name)!;
      await job.run(job.payload.parse(payload), { attempt: 1, lastAttempt: true, signal: new AbortController().signal, log });
    },
    async close() {
      await application.close();
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The `Cookie` header that a browser would send after these `Set-Cookie` headers. */
export const cookiesOf = (setCookies: string[] | undefined): string => (setCookies ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
