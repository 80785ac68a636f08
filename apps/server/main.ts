/** The composition root: what a command of the command line finds when it opens this installation. */
import cluster from 'node:cluster';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { issueSetupCode } from '@milpa/identity';
import { findCourse } from '@milpa/catalog';
import { exportName, importNow, writeExport } from '@milpa/interop';
import { auditControl, deliveredMail, judgeVitals, migrate, pendingMigrations, Problem, readVitals, roles, roleUrl, sharedRateLimiter, systemActor, systemClock } from '@milpa/kernel';
import { startJobs, type JobRunner } from '@milpa/kernel/jobs';
import { askToFollow, openTenant } from '@milpa/flows';
import { askForCount, changeStatus, findBySlug, listenForTenantChanges } from '@milpa/tenancy';
import { buildWeb, createWebHandler, webBuildIsFresh } from '@milpa/web';
import { locale } from '@milpa/kernel/contract';
import { Kysely, PostgresDialect } from 'kysely';
import nodemailer from 'nodemailer';
import pg from 'pg';
import pino, { type Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import { composeApplication, type Application } from './application.ts';
import type { ImportResult, Installation, Probes, StartedServer, StartOptions, TenantLine } from './commands/installation.ts';
import { loadSecret, type Config } from './config.ts';
import { externalDatabase, joinDatabase, startDatabase, type Database as RunningDatabase } from './database/database.ts';
import { registerDevMail } from './dev-mail.ts';
import { openDoors } from './doors.ts';
import { registerHealth, type Health } from './health.ts';
import { reasonText } from './import-reasons.ts';
import { migrationSources } from './modules.ts';
import { rolePasswords } from './secrets.ts';
import { demoOperator, demoPassword, demoSignIns, plantDemo } from './seed.ts';
import type { Progress, Terminal } from './terminal.ts';
import { startTelemetry } from './telemetry.ts';
import { giveBackSoon } from './rest.ts';
import { registerWeb } from './web.ts';
import { startWorkers, wholeServer } from './workers.ts';

const drainMilliseconds = 10_000;
const jobConcurrency = 4;
/** Of each of several processes, so that PostgreSQL’s usual hundred connections are enough for four. */
const poolSizeOfMany = 10;

/** Logs are JSON: on standard output in production, else in a file of the data folder, so that the terminal stays readable. */
function makeLog(config: Config): { log: Logger; place: string } {
  const options = { level: config.logLevel, base: { service: 'milpa' }, redact: ['req.headers.authorization', 'req.headers.cookie'] };
  if (config.environment === 'production') return { log: pino(options), place: 'standard output' };
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, 'server.log');
  return { log: pino(options, pino.destination({ dest: file, sync: false })), place: file };
}

class Milpa implements Installation {
  private running: RunningDatabase | null = null;
  private application: Application | null = null;
  private readonly secret: string;
  private readonly log: Logger;
  private readonly logPlace: string;
  private readonly config: Config;
  private readonly terminal: Terminal;

  constructor(config: Config, terminal: Terminal) {
    this.config = config;
    this.terminal = terminal;
    this.secret = loadSecret(config);
    ({ log: this.log, place: this.logPlace } = makeLog(config));
  }

  /** The database: our own alone for the server; beside a running server, its. */
  private async database(alone = false): Promise<RunningDatabase> {
    const { databaseUrl, dataDir } = this.config;
    const log = (message: string) => { this.log.info(message); };
    this.running ??= databaseUrl ? await externalDatabase(databaseUrl) : await (alone ? startDatabase : joinDatabase)({ dataDir, log });
    return this.running;
  }

  async migrate(progress: Progress): Promise<string[]> {
    return migrate((await this.database()).url, migrationSources, rolePasswords(this.secret), progress);
  }

  /** The application over an up-to-date database. */
  private async opened(): Promise<Application> {
    if (this.application) return this.application;
    await this.migrate(() => {});
    const { config } = this;
    const { smtpUrl } = config;
    const transport = smtpUrl ? nodemailer.createTransport(smtpUrl) : null;
    const from = `Milpa <no-reply@${new URL(config.baseUrl).hostname}>`;
    this.application = await composeApplication({
      adminUrl: (await this.database()).url, dataDir: config.dataDir, secret: this.secret, baseHost: config.baseHost, secure: config.baseUrl.startsWith('https:'),
      trustProxy: config.trustProxy, clock: systemClock, log: this.log, version: packageJson.version, limits: config.requestsPerMinute, maxPending: config.maxPendingRequests, answerRoom: config.answerCacheMegabytes * 1024 * 1024,
      ...(cluster.isWorker ? { rateLimiter: sharedRateLimiter() } : {}),
      ...(config.workers > 1 ? { poolSize: poolSizeOfMany } : {}),
      ...(transport ? { makeMail: (database) => deliveredMail(database, async (mail) => { await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text }); }) } : {}),
    });
    return this.application;
  }

  async seed(progress: Progress): Promise<string[]> {
    return plantDemo(await this.opened(), progress);
  }

  private urlOf(slug: string): string {
    const url = new URL(this.config.baseUrl);
    url.hostname = `${slug}.${url.hostname}`;
    return url.origin;
  }

  private line({ slug, name, blueprint, plan, status }: Omit<TenantLine, 'url'>): TenantLine {
    return { slug, name, blueprint, plan, status, url: this.urlOf(slug) };
  }

  async createTenant({ locale: language, admin, ...input }: { slug: string; name: string; blueprint: string; plan?: string; locale?: string; admin?: string }): Promise<TenantLine> {
    const { opening, database } = await this.opened();
    const tenant = await readable(openTenant(opening, { ...input, locale: language === undefined ? undefined : locale.parse(language), firstAdminEmail: admin ?? null }));
    await database.withControl((tx) => auditControl(tx, { action: 'tenancy.createTenant', accountId: null, subjectType: 'tenant', subjectId: tenant.id }));
    return this.line(tenant);
  }

  async listTenants(): Promise<TenantLine[]> {
    const { database } = await this.opened();
    const rows = await database.readControl((tx) => tx.selectFrom('tenancyControl.tenant').select(['slug', 'name', 'blueprint', 'plan', 'status']).orderBy('slug').execute());
    return rows.map((row) => this.line(row));
  }

  async suspendTenant(slug: string, reason: string): Promise<TenantLine> {
    const { database, directory } = await this.opened();
    const suspended = await readable(database.withControl(async (tx) => {
      const tenant = await findBySlug(tx, slug);
      if (!tenant) throw new Error(noSuchTenant(slug));
      await auditControl(tx, { action: 'tenancy.suspendTenant', accountId: null, subjectType: 'tenant', subjectId: tenant.id });
      return changeStatus(tx, tenant.id, 'suspend', reason);
    }));
    directory.forget();
    return this.line(suspended);
  }

  async importCourse(file: string, tenantSlug: string, progress: Progress): Promise<ImportResult> {
    const { directory, importing } = await this.opened();
    const tenant = await directory.bySlug(tenantSlug);
    if (!tenant) throw new Error(noSuchTenant(tenantSlug));
    const result = await readable(importNow(importing, tenant, systemActor, file, (percent) => progress(`${percent} %`)));
    return {
      title: result.title, repeated: result.repeated, url: `${this.urlOf(tenant.slug)}/teaching/${result.courseId}`,
      notes: result.report.map(({ outcome, title, kind, reason, params }) => ({ outcome, item: `${kind} “${title}”`, reason: reasonText(reason, params) })),
    };
  }

  async exportCourse(key: string, tenantSlug: string, format: 'cc' | 'markdown', out: string | undefined): Promise<string> {
    const { database, directory, storage } = await this.opened();
    const tenant = await directory.bySlug(tenantSlug);
    if (!tenant) throw new Error(noSuchTenant(tenantSlug));
    return database.withTenant(tenant, systemActor, async (tx) => {
      const course = await findCourse(tx, key);
      if (!course) throw new Error(`${tenantSlug} has no course ${key}.`);
      const file = resolve(out ?? exportName(course, format));
      await writeExport(tx, storage, course, format, file);
      return file;
    });
  }

  async start(options: StartOptions): Promise<StartedServer> {
    const { config, terminal, log } = this;
    const endTelemetry = await startTelemetry(config);
    const database = await terminal.stage(config.databaseUrl ? 'Connecting to the database' : 'Starting the database', () => this.database(true));
    await terminal.stage('Bringing the tables up to date', (progress) => this.migrate(progress));
    if (!webBuildIsFresh()) await terminal.stage('Building the web app (once)', async (progress) => buildWeb(progress));
    const application = await this.opened();
    const demo = options.demo && config.environment !== 'production';
    if (demo) await terminal.stage('Planting the demo organisations', (progress) => this.seed(progress));
    return terminal.stage('Opening the doors', async () => {
      let jobs: JobRunner | null = null;
      const jobStatus = () => jobs?.health().status ?? 'stopped';
      const doors = config.workers === 1 ? await this.serve(application, { jobs: jobStatus, metrics: () => application.api.metrics.registry.metrics() }) : await startWorkers(config.workers, log, jobStatus);
      const controlUrl = roleUrl(database.url, 'control', rolePasswords(this.secret).control);
      const listener = listenForTenantChanges(controlUrl, application.directory, log);
      jobs = await startJobs({ connectionString: controlUrl, jobs: [...application.jobs], schedules: [...application.schedules], concurrency: jobConcurrency, log, ready: application.pressure.eased });
      await askToFollow(application);
      giveBackSoon();
      await application.database.withControl(askForCount);
      const lines = await this.welcome(application, demo);
      let stopping: Promise<void> | null = null;
      const stop = async () => {
        await Promise.all([doors.stop(), jobs?.stop(drainMilliseconds), listener.stop()]);
        await this.close();
        await endTelemetry?.();
      };
      return { lines, stop: () => stopping ??= stop() };
    });
  }

  private async serve(application: Application, whole: Pick<Health, 'jobs' | 'metrics'>): Promise<{ stop(): Promise<void> }> {
    const { config, log } = this;
    const web = await createWebHandler({ mode: 'production', onError: (error, context) => { log.error({ err: error, requestId: context.requestId }, 'a page failed'); } });
    registerHealth(application, { ...whole, metricsToken: config.metricsToken, openToThisMachine: config.environment !== 'production' });
    const devMail = config.environment !== 'production' && !config.smtpUrl;
    if (devMail) registerDevMail(application);
    registerWeb(application, web, { devMail, guidesSetup: config.environment === 'production' });
    const doors = await openDoors(application.server, { port: config.port, host: config.host });
    return { stop: () => doors.stop(drainMilliseconds) };
  }

  async work(): Promise<StartedServer> {
    const { config, log } = this;
    const endTelemetry = await startTelemetry(config);
    const application = await this.opened();
    const doors = await this.serve(application, wholeServer(application.api.metrics.registry));
    const listener = listenForTenantChanges(roleUrl((await this.database()).url, 'control', rolePasswords(this.secret).control), application.directory, log);
    const stop = async () => {
      await Promise.all([doors.stop(), listener.stop()]);
      await this.close();
      await endTelemetry?.();
    };
    giveBackSoon();
    let stopping: Promise<void> | null = null;
    return { lines: [], stop: () => stopping ??= stop() };
  }

  /** What the terminal says when all is ready. */
  private async welcome(application: Application, demo: boolean): Promise<string[]> {
    const { config } = this;
    const setupCode = config.environment === 'production' ? await issueSetupCode(application.database) : null;
    return [
      '',
      ...(demo ? demoSignIns().flatMap(({ slug, name, people }) => [`${this.urlOf(slug)}  ${name}`, ...people.map((person) => `    ${person.email}  (${person.role})`)]) : []),
      ...(demo ? ['', `Everybody’s password in the demo: ${demoPassword}`, `Mail that would have been sent: ${config.baseUrl}/dev/mail`] : []),
      ...(setupCode ? [`Nobody operates this installation yet. Open ${config.baseUrl}/setup and enter this code, which works once: ${setupCode}`] : []),
      '',
      `Operator: ${config.baseUrl}${demo ? `  ${demoOperator}` : ''}`,
      `Data: ${config.dataDir}   Log: ${this.logPlace}`,
      'Ctrl-C stops.',
    ];
  }

  async close(): Promise<void> {
    await this.application?.close();
    this.application = null;
    await this.running?.stop();
    this.running = null;
    this.log.flush();
  }
}

const noSuchTenant = (slug: string) => `There is no organisation "${slug}". "npm run milpa -- tenant list" names them all.`;

/** A problem as an error whose message is for the operator. */
async function readable<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    const { title, detail } = error.document('en');
    throw new Error(`${title}. ${detail ?? ''}`, { cause: error });
  });
}

export async function openInstallation(config: Config, terminal: Terminal): Promise<Installation> {
  return new Milpa(config, terminal);
}

export const probes: Probes = {
  servingRoles: Object.values(roles),
  webBuildIsFresh,
  pendingMigrations: (adminUrl) => pendingMigrations(adminUrl, migrationSources),
  async health(adminUrl) {
    const database = new Kysely<any>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: adminUrl, max: 1 }) }) });
    try {
      return judgeVitals(await readVitals(database, systemClock.now()));
    } finally {
      await database.destroy();
    }
  },
};
