/** How an installation is doing: the facts that its database knows, and what they mean. The doctor, the metrics and the operator's page read the same. */
import { sql, type Kysely } from 'kysely';
import { queueVitals, type QueueVitals } from './jobs/queue.ts';
import { mailVitals, type MailVitals } from './mail.ts';

export interface DatabaseVitals { version: string; bytes: number; connections: number; maxConnections: number; longestTransactionSeconds: number; replicas: number; replicaLagSeconds: number }
export interface Vitals { database: DatabaseVitals; queue: QueueVitals; mail: MailVitals }

/** Asks a migrated database, as its owner or as the control plane's role. */
export async function readVitals(database: Kysely<any>, now: Date): Promise<Vitals> {
  const [answer, queue, mail] = await Promise.all([
    sql<{ vitals: DatabaseVitals }>`select kernel_control.database_vitals() as vitals`.execute(database), queueVitals(database), mailVitals(database, now),
  ]);
  return { database: answer.rows[0]!.vitals, queue, mail };
}

/** `look`: somebody should look into it, today will do. `mend`: something does not work, or is about to stop. */
export type Verdict = 'well' | 'look' | 'mend';
/** What a check found: its facts by name, those that end in `Bytes` and `Seconds` in these units. */
export interface HealthFinding<Check extends string = string> { check: Check; verdict: Verdict; values: Record<string, number | string> }

export const worst = (verdicts: readonly Verdict[]): Verdict => (verdicts.includes('mend') ? 'mend' : verdicts.includes('look') ? 'look' : 'well');

const mebibyte = 1024 * 1024;
const minute = 60;
const hour = 60 * minute;
const above = (value: number, look: number, mend: number): Verdict => (value > mend ? 'mend' : value > look ? 'look' : 'well');
const below = (value: number, look: number, mend: number): Verdict => (value < mend ? 'mend' : value < look ? 'look' : 'well');

export type VitalCheck = 'database' | 'connections' | 'transactions' | 'replicas' | 'queue' | 'parked' | 'events' | 'mail';

/** What the database's facts mean. */
export function judgeVitals({ database, queue, mail }: Vitals): HealthFinding<VitalCheck>[] {
  const { events } = queue;
  return [
    { check: 'database', verdict: 'well', values: { version: database.version, sizeBytes: database.bytes } },
    { check: 'connections', verdict: above(database.connections / database.maxConnections, 0.7, 0.9), values: { used: database.connections, most: database.maxConnections } },
    { check: 'transactions', verdict: above(database.longestTransactionSeconds, 5 * minute, hour), values: { long: database.longestTransactionSeconds < minute ? 'no' : 'yes', longestSeconds: database.longestTransactionSeconds } },
    ...(database.replicas === 0 ? [] : [{ check: 'replicas' as const, verdict: above(database.replicaLagSeconds, minute, 10 * minute), values: { count: database.replicas, lagSeconds: database.replicaLagSeconds } }]),
    {
      check: 'queue', verdict: queue.due > 0 && queue.workers === 0 ? 'mend' : above(queue.dueSeconds, 2 * minute, 15 * minute),
      values: { workers: queue.workers, running: queue.running, due: queue.due, dueSeconds: queue.dueSeconds, later: queue.later },
    },
    { check: 'parked', verdict: queue.parked > 0 ? 'mend' : 'well', values: { count: queue.parked } },
    { check: 'events', verdict: events.parked > 0 ? 'mend' : above(events.oldestSeconds, 10 * minute, 6 * hour), values: { undelivered: events.undelivered, oldestSeconds: events.oldestSeconds, parked: events.parked } },
    {
      check: 'mail', verdict: mail.goesOut ? (mail.failing > 0 ? 'look' : above(mail.oldestSeconds, 15 * minute, 6 * hour)) : 'mend',
      values: { waiting: mail.waiting, failing: mail.failing, oldestSeconds: mail.oldestSeconds },
    },
  ];
}

/** @param freeBytes what the file system of the data folder still takes; PostgreSQL stops when nothing is left */
export const judgeDisk = (freeBytes: number): HealthFinding<'disk'> => ({ check: 'disk', verdict: below(freeBytes, 1024 * mebibyte, 256 * mebibyte), values: { freeBytes } });

export const judgeMemory = (usedBytes: number, availableBytes: number, totalBytes: number): HealthFinding<'memory'> =>
  ({ check: 'memory', verdict: below(availableBytes / totalBytes, 0.1, 0.03), values: { usedBytes, availableBytes, totalBytes } });
