/** Whether this process lives, whether it can serve, and its numbers. */
import { readVitals, type Vitals } from '@milpa/kernel';
import { listScheduleRuns, type JobHealth, type ScheduleRun } from '@milpa/kernel/jobs';
import type { FastifyRequest } from 'fastify';
import type { Application } from './application.ts';

export interface Health {
  /** Of the whole server, whichever of its processes is asked. */
  jobs(): JobHealth['status'] | Promise<JobHealth['status']>;
  metrics(): Promise<string>;
  metricsToken: string | null;
  /** Whether this machine may read the metrics without a token: not where a proxy on it passes on the world's requests. */
  openToThisMachine: boolean;
}

const isLocal = (request: FastifyRequest) => ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);

export function registerHealth({ server, database, api, clock }: Application, { jobs, metrics, metricsToken, openToThisMachine }: Health): void {
  server.get('/health', { config: { operation: 'health', always: true } }, async () => ({ status: 'ok' }));
  server.get('/ready', { config: { operation: 'ready', always: true } }, async (_request, reply) => {
    const databaseAnswers = await database.readControl((tx) => tx.selectNoFrom((is) => is.lit(1).as('one')).execute()).then(() => true, () => false);
    const jobStatus = await jobs();
    return reply.code(databaseAnswers && jobStatus === 'running' ? 200 : 503).send({ database: databaseAnswers ? 'ok' : 'unreachable', jobs: jobStatus });
  });
  server.get('/metrics', { config: { operation: 'metrics', always: true } }, async (request, reply) => {
    const allowed = metricsToken ? request.headers.authorization === `Bearer ${metricsToken}` : openToThisMachine && isLocal(request);
    if (!allowed) return reply.code(404).send();
    const facts = await database.readControl(async (tx) => Promise.all([readVitals(tx, clock.now()), listScheduleRuns(tx)])).then(([vitals, runs]) => gauges(vitals, runs), () => '');
    return reply.type(api.metrics.registry.contentType).send(`${await metrics()}${facts}`);
  });
}

/** The facts of the operator's page of health, for who draws curves and sends alarms. */
function gauges({ database, queue, mail }: Vitals, runs: readonly ScheduleRun[]): string {
  const gauge = (name: string, help: string, samples: readonly [labels: string, value: number][]) =>
    `# HELP milpa_${name} ${help}\n# TYPE milpa_${name} gauge\n${samples.map(([labels, value]) => `milpa_${name}${labels} ${value}\n`).join('')}`;
  const one = (name: string, help: string, value: number) => gauge(name, help, [['', value]]);
  return [
    one('jobs_parked', 'Jobs that are parked after their last try', queue.parked),
    gauge('jobs', 'Jobs by state', [['{state="running"}', queue.running], ['{state="due"}', queue.due], ['{state="later"}', queue.later], ['{state="parked"}', queue.parked]]),
    one('jobs_due_seconds', 'For how long the first job whose time has come has waited', queue.dueSeconds),
    one('job_workers', 'Processes that work on the queue', queue.workers),
    one('events_undelivered', 'Events that have not reached all their handlers', queue.events.undelivered),
    one('events_oldest_seconds', 'Age of the oldest event that has not reached all its handlers', queue.events.oldestSeconds),
    one('mail_waiting', 'Mails that no provider has taken yet', mail.waiting),
    one('mail_failing', 'Waiting mails that failed already', mail.failing),
    one('database_bytes', 'Size of the database', database.bytes),
    one('database_server_connections', 'Connections to the database server, of whomever', database.connections),
    one('database_server_connections_max', 'Connections that the database server allows', database.maxConnections),
    one('database_longest_transaction_seconds', 'For how long the oldest transaction has been open', database.longestTransactionSeconds),
    one('database_replica_lag_seconds', 'How far the slowest replica is behind', database.replicaLagSeconds),
    gauge('schedule_success_timestamp_seconds', 'When a schedule last went well', runs.flatMap(({ schedule, succeededAt }) => (succeededAt ? [[`{schedule="${schedule}"}`, Date.parse(succeededAt) / 1000]] : []))),
  ].join('');
}
