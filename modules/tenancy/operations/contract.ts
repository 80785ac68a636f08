import { endpoint, id, nothing, operators, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const access = operators('concerns the whole installation');

export const jobState = z.enum(['running', 'waiting', 'parked']);
/** A job's name; of an event on its way to a handler, with the handler's. */
const jobKind = z.string().min(1).max(200);

export const operatorJob = z.object({
  id: z.string(), kind: z.string(), state: jobState,
  /** Whom it is about; null: the installation, or an organisation that is gone. */
  tenant: z.object({ id, name: z.string() }).nullable(),
  attempts: z.int(), maxAttempts: z.int(),
  /** What went wrong last, without personal data; empty before the first failure. */
  lastError: z.string(),
  /** What the job is to do, as JSON without secrets. */
  payload: z.string(), createdAt: timestamp, runAt: timestamp,
  /** Since when it is in its state. */
  since: timestamp,
  /** Which process's worker runs it. */
  worker: z.string().nullable(),
  /** Per cent, of one that runs and tells. */
  progress: z.int().nullable(),
}).meta({ id: 'OperatorJob' });
export type OperatorJob = z.infer<typeof operatorJob>;
const jobId = z.object({ jobId: z.string().regex(/^\d{1,18}$/) });

export const listJobs = endpoint({
  id: 'tenancy.listJobs', method: 'GET', path: '/operator/jobs', plane: 'control', summary: 'Jobs in one state, events on their way to handlers among them', access,
  query: pageQuery.extend({ state: jobState, kind: jobKind.optional(), tenantId: id.optional() }),
  response: pageOf(operatorJob),
});
export const countJobs = endpoint({
  id: 'tenancy.countJobs', method: 'GET', path: '/operator/job-counts', plane: 'control', summary: 'How many jobs of each kind are in each state, and whose they are', access,
  query: z.object({ tenantId: id.optional() }),
  response: z.object({
    data: z.array(z.object({ kind: z.string(), state: jobState, count: z.int() })),
    /** Organisations with jobs, those with most first; at most 100. */
    tenants: z.array(z.object({ id, name: z.string() })),
  }),
});
export const retryParkedJob = endpoint({
  id: 'tenancy.retryParkedJob', method: 'POST', path: '/operator/jobs/{jobId}/retry', plane: 'control', summary: 'Try a parked job again, with all its attempts', access, status: 204,
  params: jobId, response: nothing, errors: ['tenancy.job_not_parked'],
});
export const retryParkedJobs = endpoint({
  id: 'tenancy.retryParkedJobs', method: 'POST', path: '/operator/parked-job-retries', plane: 'control', summary: 'Try all parked jobs of a kind again, with all their attempts; those that were retried meanwhile are left alone', access,
  body: z.object({ kind: jobKind }), response: z.object({ retried: z.int() }),
});
export const discardJob = endpoint({
  id: 'tenancy.discardJob', method: 'DELETE', path: '/operator/jobs/{jobId}', plane: 'control', summary: 'Give a job up for good that is parked or waits; one that runs is left alone', access, status: 204,
  params: jobId, response: nothing, errors: ['tenancy.job_not_waiting'],
});

export const schedule = z.object({
  name: z.string(), kind: z.string(),
  /** Five fields (minute, hour, day, month, weekday), in UTC. */
  cron: z.string(), nextRunAt: timestamp.nullable(), succeededAt: timestamp.nullable(), failedAt: timestamp.nullable(),
  /** Of the last run, if it failed. */
  lastError: z.string().nullable(), durationMs: z.int().nullable(),
  /** No run has gone well since its last tick, an hour after it. */
  late: z.boolean(),
}).meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof schedule>;

export const listSchedules = endpoint({
  id: 'tenancy.listSchedules', method: 'GET', path: '/operator/schedules', plane: 'control', summary: 'Jobs by the clock: when each runs next, and how it ended last', access,
  response: z.object({ data: z.array(schedule) }),
});

export const verdict = z.enum(['well', 'look', 'mend']);
export const healthCheck = z.enum(['database', 'connections', 'transactions', 'replicas', 'queue', 'parked', 'events', 'schedules', 'mail', 'storage', 'disk', 'memory', 'server', 'domains']);
export const installationHealth = z.object({
  at: timestamp,
  /** The worst of the findings. */
  verdict,
  findings: z.array(z.object({
    check: healthCheck, verdict,
    /** Its facts by name; those that end in `Bytes` and `Seconds` in these units. */
    values: z.record(z.string(), z.union([z.number(), z.string()])),
  })),
}).meta({ id: 'InstallationHealth' });
export type InstallationHealth = z.infer<typeof installationHealth>;

export const getInstallationHealth = endpoint({
  id: 'tenancy.getInstallationHealth', method: 'GET', path: '/operator/health', plane: 'control', summary: 'What there is to see of the installation’s health, and what it means', access, response: installationHealth,
});

export const operatorAuditEntry = z.object({
  id, at: timestamp, accountId: id.nullable(),
  /** Null: the installation itself, or an account that is gone. */
  accountName: z.string().nullable(),
  action: z.string(), subjectType: z.string().nullable(), subjectId: z.string().nullable(),
  /** The organisation that it was about, by its present name. */
  tenant: z.object({ id, name: z.string() }).nullable(),
  requestId: z.string().nullable(),
}).meta({ id: 'OperatorAuditEntry' });

export const listOperatorAudit = endpoint({
  id: 'tenancy.listOperatorAudit', method: 'GET', path: '/operator/audit-entries', plane: 'control', summary: 'What was done to the installation, newest first', access,
  query: pageQuery.extend({ action: z.string().max(100).optional(), accountId: id.optional(), subjectId: z.string().max(100).optional() }),
  response: pageOf(operatorAuditEntry),
});

export const installationOverview = z.object({
  tenants: z.object({ provisioning: z.int(), active: z.int(), suspended: z.int(), closed: z.int() }),
  parkedJobs: z.int(),
  /** Mails that no provider has taken yet. */
  mailWaiting: z.int(),
}).meta({ id: 'InstallationOverview' });

export const getInstallationOverview = endpoint({
  id: 'tenancy.getInstallationOverview', method: 'GET', path: '/operator/overview', plane: 'control', summary: 'How the installation is doing', access, response: installationOverview,
});
