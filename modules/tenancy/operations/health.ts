/** The health of the installation: what its database, its machine and its organisations' domains say. */
import { judgeDisk, judgeMemory, judgeVitals, readVitals, worst, type ControlTx, type HealthFinding, type Schedule } from '@milpa/kernel';
import type { InstallationHealth } from './contract.ts';
import { scheduleStates } from './jobs.ts';

/** What only the process knows. */
export interface Machine { version: string; node: string; uptimeSeconds: number; usedMemoryBytes: number; availableMemoryBytes: number; totalMemoryBytes: number; freeBytes: number }

export interface HealthDeps { schedules(): readonly Schedule[]; machine(): Machine }

type Finding = InstallationHealth['findings'][number];

/** What files take up, as it was counted last. */
async function storage(tx: ControlTx): Promise<Finding> {
  const { usedBytes, tenants } = await tx.selectFrom('tenancyControl.tenantUsage')
    .select((is) => [is.fn.coalesce(is.fn.sum<string>('storageBytes'), is.lit(0)).as('usedBytes'), is.fn.countAll<string>().as('tenants')]).executeTakeFirstOrThrow();
  return { check: 'storage', verdict: 'well', values: { usedBytes: Number(usedBytes), tenants: Number(tenants) } };
}

/** Who has claimed a name has time to prove it; a proof that is gone takes an address away from people. */
async function domains(tx: ControlTx): Promise<Finding> {
  const { all, pending, missing } = await tx.selectFrom('tenancyControl.domain').select((is) => [
    is.fn.countAll<string>().as('all'), is.fn.countAll<string>().filterWhere('verifiedAt', 'is', null).as('pending'), is.fn.count<string>('missingSince').as('missing'),
  ]).executeTakeFirstOrThrow();
  return { check: 'domains', verdict: Number(missing) > 0 ? 'look' : 'well', values: { proven: Number(all) - Number(pending), pending: Number(pending), missing: Number(missing) } };
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
