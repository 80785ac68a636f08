/** The health of the installation: what its database, its machine and its organisations' domains say. */
import { judgeDisk, judgeMemory, judgeVitals, readVitals, worst, type ControlTx, type HealthFinding, type Schedule } from '@milpa/kernel';
import type { InstallationHealth } from './contract.ts';
import { scheduleStates } from './jobs.ts';

/** What only the process knows. */
export interface Machine { version: string; node: string; uptimeSeconds: number; usedMemoryBytes: number; availableMemoryBytes: number; totalMemoryBytes: number; freeBytes: number }

export interface HealthDeps { schedules(): readonly Schedule[]; machine(): Machine }

type Finding = InstallationHealth['findings'][number];

/** A name server needs a day, its administrator a few. */
const domainPatienceSeconds = 3 * 86_400;

/** What files take up, as it was counted last. */
async function storage(tx: ControlTx): Promise<Finding> {
  const { usedBytes, tenants } = await tx.selectFrom('tenancyControl.tenantUsage')
    .select((is) => [is.fn.coalesce(is.fn.sum<string>('storageBytes'), is.lit(0)).as('usedBytes'), is.fn.countAll<string>().as('tenants')]).executeTakeFirstOrThrow();
  return { check: 'storage', verdict: 'well', values: { usedBytes: Number(usedBytes), tenants: Number(tenants) } };
}

async function domains(tx: ControlTx): Promise<Finding> {
  const { pending, since } = await tx.selectFrom('tenancyControl.domain').select((is) => [is.fn.countAll<string>().as('pending'), is.fn.min('createdAt').as('since')]).where('verifiedAt', 'is', null).executeTakeFirstOrThrow();
  const oldestSeconds = since ? Math.max(0, Math.round((tx.now.getTime() - new Date(since).getTime()) / 1000)) : 0;
  return { check: 'domains', verdict: oldestSeconds > domainPatienceSeconds ? 'look' : 'well', values: { pending: Number(pending), oldestSeconds } };
}

async function schedules(tx: ControlTx, all: readonly Schedule[]): Promise<Finding> {
  const states = await scheduleStates(tx, all);
  const late = states.filter((state) => state.late).length;
  const failed = states.filter((state) => !state.late && state.lastError !== null).length;
  return { check: 'schedules', verdict: late > 0 ? 'mend' : failed > 0 ? 'look' : 'well', values: { count: all.length, late, failed } };
}

export async function health(tx: ControlTx, deps: HealthDeps): Promise<InstallationHealth> {
  const { version, node, uptimeSeconds, freeBytes, ...memory } = deps.machine();
  const [vitals, ...own] = await Promise.all([readVitals(tx, tx.now), schedules(tx, deps.schedules()), storage(tx), domains(tx)]);
  const findings: HealthFinding<Finding['check']>[] = [
    ...judgeVitals(vitals), ...own, judgeDisk(freeBytes), judgeMemory(memory.usedMemoryBytes, memory.availableMemoryBytes, memory.totalMemoryBytes),
    { check: 'server', verdict: 'well', values: { version, node, uptimeSeconds } },
  ];
  return { at: tx.now.toISOString(), verdict: worst(findings.map((finding) => finding.verdict)), findings };
}
