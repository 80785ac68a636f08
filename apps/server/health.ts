/** Whether this process lives, whether it can serve, and its numbers. */
import { listJobs } from '@milpa/kernel/jobs';
import type { JobRunner } from '@milpa/kernel/jobs';
import type { FastifyRequest } from 'fastify';
import type { Application } from './application.ts';

export interface Health {
  jobs(): JobRunner | null;
  metricsToken: string | null;
  /** Whether this machine may read the metrics without a token: not where a proxy on it passes on the world's requests. */
  openToThisMachine: boolean;
}

const isLocal = (request: FastifyRequest) => ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);

export function registerHealth({ server, database, api }: Application, { jobs, metricsToken, openToThisMachine }: Health): void {
  server.get('/health', { config: { operation: 'health', always: true } }, async () => ({ status: 'ok' }));
  server.get('/ready', { config: { operation: 'ready', always: true } }, async (_request, reply) => {
    const databaseAnswers = await database.readControl((tx) => tx.selectNoFrom((is) => is.lit(1).as('one')).execute()).then(() => true, () => false);
    const jobStatus = jobs()?.health().status ?? 'stopped';
    return reply.code(databaseAnswers && jobStatus === 'running' ? 200 : 503).send({ database: databaseAnswers ? 'ok' : 'unreachable', jobs: jobStatus });
  });
  server.get('/metrics', { config: { operation: 'metrics', always: true } }, async (request, reply) => {
    const allowed = metricsToken ? request.headers.authorization === `Bearer ${metricsToken}` : openToThisMachine && isLocal(request);
    if (!allowed) return reply.code(404).send();
    const parked = await database.readControl((tx) => listJobs(tx, { state: 'parked' }, 200)).catch(() => []);
    const { registry } = api.metrics;
    return reply.type(registry.contentType).send(`${await registry.metrics()}# HELP milpa_jobs_parked Jobs that were given up after their last try\n# TYPE milpa_jobs_parked gauge\nmilpa_jobs_parked ${parked.length}\n`);
  });
}
