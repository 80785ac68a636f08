import { endpoint, id, nothing, operators, pageOf, pageQuery, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const access = operators('concerns the whole installation');

export const parkedJob = z.object({
  id: z.string(), job: z.string(), attempts: z.int(), lastError: z.string(),
  /** What the job was to do, as JSON. */
  payload: z.string(), parkedAt: timestamp,
}).meta({ id: 'ParkedJob' });
const jobId = z.object({ jobId: z.string().regex(/^\d{1,18}$/) });

export const listParkedJobs = endpoint({
  id: 'tenancy.listParkedJobs', method: 'GET', path: '/operator/parked-jobs', plane: 'control', summary: 'Jobs that were given up, latest first, at most 200', access,
  response: z.object({ data: z.array(parkedJob) }),
});
export const retryParkedJob = endpoint({
  id: 'tenancy.retryParkedJob', method: 'POST', path: '/operator/parked-jobs/{jobId}/retry', plane: 'control', summary: 'Try a job again, with all its attempts', access, status: 204,
  params: jobId, response: nothing, errors: ['tenancy.job_not_parked'],
});
export const discardParkedJob = endpoint({
  id: 'tenancy.discardParkedJob', method: 'DELETE', path: '/operator/parked-jobs/{jobId}', plane: 'control', summary: 'Give a job up for good', access, status: 204,
  params: jobId, response: nothing, errors: ['tenancy.job_not_parked'],
});

export const operatorAuditEntry = z.object({
  id, at: timestamp, accountId: id.nullable(),
  /** Null: the installation itself, or an account that is gone. */
  accountName: z.string().nullable(),
  action: z.string(), subjectType: z.string().nullable(), subjectId: z.string().nullable(), requestId: z.string().nullable(),
}).meta({ id: 'OperatorAuditEntry' });

export const listOperatorAudit = endpoint({
  id: 'tenancy.listOperatorAudit', method: 'GET', path: '/operator/audit-entries', plane: 'control', summary: 'What was done to the installation, newest first', access,
  query: pageQuery.extend({ action: z.string().max(100).optional(), accountId: id.optional(), subjectId: z.string().max(100).optional() }),
  response: pageOf(operatorAuditEntry),
});

export const installationOverview = z.object({
  tenants: z.object({ provisioning: z.int(), active: z.int(), suspended: z.int(), closed: z.int() }),
  /** 200 stands for that many or more. */
  parkedJobs: z.int(),
  /** Mails that no provider has taken yet. */
  mailWaiting: z.int(),
}).meta({ id: 'InstallationOverview' });

export const getInstallationOverview = endpoint({
  id: 'tenancy.getInstallationOverview', method: 'GET', path: '/operator/overview', plane: 'control', summary: 'How the installation is doing', access, response: installationOverview,
});
