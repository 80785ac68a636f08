/** One Milpa in one process: the planes, the modules, and the HTTP server over them. The same for the product and for its tests. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { countCourses, coursesByIds } from '@milpa/catalog';
import { catalogModule } from '@milpa/catalog/module';
import { beginOpening, closeTenants, finishOpening, followBlueprintsJob, openTenantJob, type FollowingDeps, type OpeningDeps } from '@milpa/flows';
import { administrators, accountMailer, accountNames, countMembers, createAuth, endSessionsAt, extendRoles, furnishRoles, inviteByRole, inviteToJoin, makeAuthenticator, memberNames, type Auth } from '@milpa/identity';
import { identityModule } from '@milpa/identity/module';
import type { ImportDependencies } from '@milpa/interop';
import { interopModule } from '@milpa/interop/module';
import {
  audit, connectDatabase, isLocalAddress, kernelMemberData, kernelPurges, kernelSecretColumns, localOutbox, makeMetrics, memoryRateLimiter, outboxJobs, refuseUnreadable, registerApi, roleUrl, sendProblem, setSecurityHeaders, systemActor,
  type ApiOptions, type Authenticator, type Clock, type Database, type Job, type MailPort, type Module, type Pressure, type RateLimiter, type Schedule, type Tenant, type Tx,
} from '@milpa/kernel';
import { learningModule } from '@milpa/learning/module';
import { folderStorage, storedBytes, type Storage } from '@milpa/media';
import { mediaModule } from '@milpa/media/module';
import { messagingModule } from '@milpa/messaging/module';
import { dnsVerifier, makeDirectory, type Directory, type DomainVerifier } from '@milpa/tenancy';
import { tenancyModule } from '@milpa/tenancy/module';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import * as blueprints from '../../blueprints/schema.ts';
import { machineFacts } from './doctor/machine.ts';
import { housekeeping } from './housekeeping.ts';
import { deriveSecret, rolePasswords } from './secrets.ts';

export interface ApplicationOptions {
  /** The owner's connection; requests are served by two roles with less. */
  adminUrl: string;
  /** Folder for files and what is on its way. */
  dataDir: string;
  secret: string;
  /** Host and port of the installation; tenants live in its subdomains. */
  baseHost: string;
  secure: boolean;
  trustProxy: boolean | number | string[];
  clock: Clock;
  log: Logger;
  version: string;
  /** The local outbox unless told. */
  makeMail?: (database: Database) => MailPort;
  /** Where the bytes of files are kept; a folder unless told. */
  makeStorage?: (directory: string) => Storage;
  rateLimiter?: RateLimiter;
  verifier?: DomainVerifier;
  limits?: ApiOptions['limits'];
  /** Requests that may be pending at a time; past them, who comes is told to come again. */
  maxPending?: number;
  /** Bytes of answers that are kept; 0 keeps none. */
  answerRoom?: number;
  poolSize?: number;
}

export interface Application {
  server: FastifyInstance;
  api: ApiOptions;
  pressure: Pressure;
  database: Database;
  directory: Directory;
  authenticator: Authenticator;
  auth: Auth;
  clock: Clock;
  storage: Storage;
  mail: MailPort;
  modules: readonly Module[];
  opening: OpeningDeps;
  /** Scheme, host and port at which a tenant is found. */
  originOf(tenant: Pick<Tenant, 'slug' | 'primaryHost'>): string;
  following: FollowingDeps;
  importing: ImportDependencies;
  jobs: readonly Job<any>[];
  schedules: readonly Schedule[];
  close(): Promise<void>;
}

const maxUploadBytes = 512 * 1024 * 1024;
/** Milliseconds for which a connection may be silent, and a request on its way: a sender who stalls must not hold room for ever. */
const patience = { connectionTimeout: 120_000, requestTimeout: 3_600_000 };
const defaultLimits = { address: 1200, member: 600 };
const defaultMaxPending = 200;

/** Puts the parts together; nothing listens yet and no job runs. */
export async function composeApplication(options: ApplicationOptions): Promise<Application> {
  const { clock, log, secret, baseHost, secure } = options;
  const passwords = rolePasswords(secret);
  const database = connectDatabase({
    controlUrl: roleUrl(options.adminUrl, 'control', passwords.control),
    dataPlanes: { main: roleUrl(options.adminUrl, 'app', passwords.app) },
    clock,
    ...(options.poolSize ? { poolSize: options.poolSize } : {}),
    ...(options.answerRoom === undefined ? {} : { answerRoom: options.answerRoom }),
    onError: (error) => log.warn({ err: error }, 'a database connection broke while idle'),
  });
  const spoolDirectory = join(options.dataDir, 'spool');
  await mkdir(spoolDirectory, { recursive: true, mode: 0o700 });
  const storage = (options.makeStorage ?? folderStorage)(join(options.dataDir, 'files'));
  const directory = makeDirectory(database, baseHost);
  const mail = options.makeMail?.(database) ?? localOutbox(database);
  const rateLimiter = options.rateLimiter ?? memoryRateLimiter();
  const scheme = secure ? 'https' : 'http';
  /** Where a tenant is found: at the domain that it chose, at the installation's own port, else at its subdomain. */
  const originOf = (tenant: Pick<Tenant, 'slug' | 'primaryHost'>) => `${scheme}://${tenant.primaryHost === null ? `${tenant.slug}.${baseHost}` : linkHost(tenant.primaryHost, baseHost)}`;
  /** Where mails about accounts lead: to the name here of whoever was visited. What they bring opens an account, and where an organisation's own domain leads is in its hands. */
  const accountHost = async (host: string): Promise<string> => {
    const asked = linkHost(host, baseHost);
    if (asked === baseHost || asked.endsWith(`.${baseHost}`)) return asked;
    const tenant = await directory.byHost(host.replace(/:\d+$/, ''));
    return tenant ? `${tenant.slug}.${baseHost}` : baseHost;
  };
  const accountSecret = deriveSecret(secret, 'accounts');
  const tokenSecret = deriveSecret(secret, 'tokens');
  const auth = createAuth({
    pool: database.controlPool, secret: accountSecret, baseUrl: async (host) => `${scheme}://${await accountHost(host)}`, secureCookies: secure, now: () => clock.now(), appName: 'Milpa',
    sendMail: accountMailer({ secret: tokenSecret, clock }),
  });
  const visitorPermissions = () => modules.flatMap((module) => module.visitorPermissions ?? []);
  const supportPermissions = () => modules.flatMap((module) => module.supportPermissions ?? []);
  const authenticator = makeAuthenticator({ database, auth, secret: tokenSecret, clock, visitorPermissions, supportPermissions });
  const permissions = () => modules.flatMap((module) => module.permissions);
  const following: FollowingDeps = { database, directory, blueprints, permissions, extendRoles };
  const opening: OpeningDeps = {
    database, directory, blueprints, permissions, furnishers: [(tx, blueprint) => furnishRoles(tx, blueprint.roles, blueprint.signUpRole)],
    invite: (tx, tenant, email, roleKey) => inviteByRole(tx, tenant, tokenSecret, email, roleKey),
  };
  const importing: ImportDependencies = { database, directory, storage, workDirectory: join(options.dataDir, 'work') };

  const modules: Module[] = [
    tenancyModule({
      database, directory, storage, baseHost, blueprints, verifier: options.verifier ?? dnsVerifier(), endSessionsAt,
      beginOpening: (tx, input) => beginOpening(tx, opening, input), finishOpening: (tenantId) => finishOpening(opening, tenantId),
      schedules: () => schedules, machine: () => machineFacts(options.dataDir, options.version), countUsage, accountNames, subjectNames: { member: memberNames, course: courseTitles }, mail, administrators, workDirectory: spoolDirectory,
      secretColumns: () => Object.assign({}, kernelSecretColumns, ...modules.map((module) => module.secretColumns)), originOf,
    }),
    identityModule({
      database, auth, mail, storage, secret: tokenSecret, clock, rateLimiter, tenants: directory, originOf,
      operatorOrigin: `${scheme}://${baseHost}`, permissions, visitorPermissions, blueprintRoles: (key) => blueprints.loadBlueprint(key).roles,
      memberData: () => [kernelMemberData, ...modules.flatMap((module) => (module.memberData ? [module.memberData] : []))], workDirectory: join(options.dataDir, 'work'),
    }),
    mediaModule({ database, storage, clock, tenants: directory }),
    catalogModule({ storage, database, tenants: directory }),
    learningModule({ storage, database, tenants: directory, invite: (tx, tenant, invitation) => inviteToJoin(tx, tenant, tokenSecret, invitation) }),
    messagingModule({ database, tenants: directory, mail, originOf }),
    interopModule(importing),
  ];
  const server = Fastify({ loggerInstance: log as FastifyBaseLogger, logController: new LogController({ disableRequestLogging: true }), trustProxy: trusted(options.trustProxy), bodyLimit: 1024 * 1024, ...patience, requestIdHeader: false, genReqId: () => randomUUID(), clientErrorHandler: refuseUnreadable,
    // Addresses that cannot be decoded are refused before any hook has run.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply, secure);
      sendProblem(error, request, reply);
    },
  });
  const api: ApiOptions = {
    database, tenants: directory, authenticator, baseHost, secure, spoolDirectory, maxUploadBytes, version: options.version,
    routes: modules.flatMap((module) => module.routes), metrics: makeMetrics(database),
    rateLimiter, limits: options.limits ?? defaultLimits, maxPending: options.maxPending ?? defaultMaxPending,
    onMismatch: (named, identity, request) => {
      if (!identity) return;
      const actor = { ...systemActor, kind: 'account' as const, accountId: identity.accountId };
      const note = { action: 'kernel.resolveTenant', outcome: 'refused' as const, detail: { operation: request.routeOptions.config.operation ?? 'page' }, requestId: request.id };
      for (const tenant of named) database.withTenant(tenant, actor, (tx) => audit(tx, note)).catch((error: unknown) => log.error({ err: error }, 'a refusal could not be written'));
    },
  };
  const pressure = registerApi(server, api);
  const closing = closeTenants({ database, directory, removeFiles: (tenantId) => storage.removeAll(tenantId) });
  const chores = housekeeping({ database, tenants: directory, clock, spoolDirectory, purges: Object.assign({}, kernelPurges, ...modules.map((module) => module.purges)) as typeof kernelPurges });
  const schedules = [...modules.flatMap((module) => module.schedules ?? []), ...closing.schedules, ...chores.schedules];
  return {
    server, api, pressure, database, directory, authenticator, auth, clock, storage, mail, modules, opening, originOf, following, importing,
    jobs: [...outboxJobs(database, directory, modules.flatMap((module) => module.subscriptions ?? [])), ...modules.flatMap((module) => module.jobs ?? []), openTenantJob(opening), followBlueprintsJob(following), ...closing.jobs, ...chores.jobs],
    schedules,
    async close() {
      await server.close();
      await database.close();
    },
  };
}

/** What a tenant uses of its limits, asked of the modules that own the rows. */
async function countUsage(tx: Tx): Promise<{ courses: number; members: number; storageBytes: number }> {
  const [courses, members, bytes] = await Promise.all([countCourses(tx), countMembers(tx), storedBytes(tx)]);
  return { courses, members, storageBytes: bytes };
}

const courseTitles = async (tx: Tx, ids: readonly string[]) => new Map([...await coursesByIds(tx, ids)].map(([id, { title }]) => [id, title]));

/** A number of proxies means that many nearest hops. */
const trusted = (proxies: ApplicationOptions['trustProxy']) => (typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : proxies);

/** The host that the visitor used, at the installation's own port, whatever the request said. */
function linkHost(host: string, baseHost: string): string {
  if (isLocalAddress(host)) return baseHost;
  const { port } = new URL(`http://${baseHost}`);
  return `${host.replace(/:\d+$/, '')}${port && `:${port}`}`;
}
