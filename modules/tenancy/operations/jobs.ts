/** The queue and the schedules as their operator sees them. An event on its way to a handler is a job, so that both are looked after here. */
import { decodeCursor, Problem, sql, toPage, type ControlTx, type Schedule } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { countJobs, discardJobs, lastTick, listJobs, listScheduleRuns, nextTick, placeOf, retryKind, retryParked, tenantsWithJobs, type ScheduleRun } from '@milpa/kernel/jobs';
import { problems } from '../problems.ts';
import type * as contract from './contract.ts';

/** Whatever a payload calls a tenant is looked up as text: it need not be an id. */
async function tenantNames(tx: ControlTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = ids.length === 0 ? [] : await tx.selectFrom('tenancyControl.tenant').select(['id', 'name']).where(sql<string>`id::text`, 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function list(tx: ControlTx, { limit, cursor, ...filter }: Input<typeof contract.listJobs>['query']): Promise<Output<typeof contract.listJobs>> {
  const { data, page } = toPage(await listJobs(tx, filter, limit + 1, decodeCursor(cursor, ['string', 'string']) as [string, string] | null), limit, placeOf);
  const names = await tenantNames(tx, [...new Set(data.flatMap(({ tenantId }) => tenantId ?? []))]);
  const tenantOf = (tenantId: string | null) => (tenantId !== null && names.has(tenantId) ? { id: tenantId, name: names.get(tenantId)! } : null);
  return { data: data.map(({ tenantId, ...job }) => ({ ...job, tenant: tenantOf(tenantId) })), page };
}

export async function counts(tx: ControlTx, tenantId?: string): Promise<Output<typeof contract.countJobs>> {
  const [data, ids] = await Promise.all([countJobs(tx, tenantId), tenantsWithJobs(tx)]);
  const names = await tenantNames(tx, ids);
  return { data, tenants: ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)! }] : [])) };
}

/** @throws Problem `tenancy.job_not_parked`. */
export async function retry(tx: ControlTx, jobId: string): Promise<void> {
  if ((await retryParked(tx, jobId)).length === 0) throw new Problem(problems.job_not_parked);
}

export const retryAll = async (tx: ControlTx, kind: string): Promise<Output<typeof contract.retryParkedJobs>> => ({ retried: (await retryKind(tx, kind)).length });

/** @throws Problem `tenancy.job_not_waiting`. */
export async function discard(tx: ControlTx, jobId: string): Promise<void> {
  if ((await discardJobs(tx, jobId)).length === 0) throw new Problem(problems.job_not_waiting);
}

/** What a run may take until one asks where it is. */
const graceMs = 3_600_000;

/** Whether a schedule's last tick is an hour old and nothing has gone well since. Before a worker has seen the schedule nothing is late. */
export function isLate(tick: Date | null, run: Pick<ScheduleRun, 'knownSince' | 'succeededAt'> | undefined, now: Date): boolean {
  const since = run?.succeededAt ?? run?.knownSince;
  return tick !== null && since != null && now.getTime() - tick.getTime() > graceMs && new Date(since) < tick;
}

export async function scheduleStates(tx: ControlTx, schedules: readonly Schedule[]): Promise<Output<typeof contract.listSchedules>['data']> {
  const runs = new Map((await listScheduleRuns(tx)).map((run) => [run.schedule, run]));
  return schedules.map((schedule) => {
    const run = runs.get(schedule.name);
    return {
      name: schedule.name, kind: schedule.job.name, cron: schedule.cron, nextRunAt: nextTick(schedule, tx.now)?.toISOString() ?? null,
      succeededAt: run?.succeededAt ?? null, failedAt: run?.failedAt ?? null, lastError: run?.lastError ?? null, durationMs: run?.durationMs ?? null,
      late: isLate(lastTick(schedule, tx.now), run, tx.now),
    };
  });
}
