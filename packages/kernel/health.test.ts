import { describe, expect, test } from 'vitest';
import { judgeDisk, judgeMemory, judgeVitals, worst, type Vitals } from './health.ts';

const well: Vitals = {
  database: { version: '18.4', bytes: 1e8, connections: 10, maxConnections: 100, longestTransactionSeconds: 2, replicas: 0, replicaLagSeconds: 0 },
  queue: { workers: 1, running: 1, due: 3, dueSeconds: 1, later: 5, parked: 0, events: { undelivered: 2, oldestSeconds: 1, parked: 0 } },
  mail: { waiting: 1, failing: 0, oldestSeconds: 5, goesOut: true },
};
const changed = (part: { database?: Partial<Vitals['database']>; queue?: Partial<Vitals['queue']>; mail?: Partial<Vitals['mail']> }): Vitals =>
  ({ database: { ...well.database, ...part.database }, queue: { ...well.queue, ...part.queue }, mail: { ...well.mail, ...part.mail } });
const verdict = (vitals: Vitals, check: string) => judgeVitals(vitals).find((finding) => finding.check === check)?.verdict;

describe('what the facts mean', () => {
  test('an installation that is well has nothing to look at', () => {
    expect(judgeVitals(well).filter((finding) => finding.verdict !== 'well')).toEqual([]);
    expect(verdict(well, 'replicas'), 'where there is no replica nothing is said of one').toBeUndefined();
  });

  test.each([
    ['connections', { database: { connections: 75 } }, 'look'], ['connections', { database: { connections: 95 } }, 'mend'],
    ['transactions', { database: { longestTransactionSeconds: 600 } }, 'look'], ['transactions', { database: { longestTransactionSeconds: 7200 } }, 'mend'],
    ['replicas', { database: { replicas: 2, replicaLagSeconds: 5 } }, 'well'], ['replicas', { database: { replicas: 2, replicaLagSeconds: 3600 } }, 'mend'],
    ['queue', { queue: { dueSeconds: 300 } }, 'look'], ['queue', { queue: { dueSeconds: 3600 } }, 'mend'], ['queue', { queue: { workers: 0 } }, 'mend'], ['queue', { queue: { workers: 0, due: 0, dueSeconds: 0 } }, 'well'],
    ['parked', { queue: { parked: 1 } }, 'mend'],
    ['events', { queue: { events: { undelivered: 1, oldestSeconds: 1200, parked: 0 } } }, 'look'], ['events', { queue: { events: { undelivered: 1, oldestSeconds: 1, parked: 1 } } }, 'mend'],
    ['mail', { mail: { failing: 1 } }, 'look'], ['mail', { mail: { oldestSeconds: 3600 } }, 'look'], ['mail', { mail: { failing: 1, goesOut: false } }, 'mend'],
  ] as const)('%s: %j is %s', (check, part, expected) => expect(verdict(changed(part), check)).toBe(expected));

  test('room on the disk and in memory', () => {
    expect([5e6, 5e8, 5e9].map((bytes) => judgeDisk(bytes).verdict)).toEqual(['mend', 'look', 'well']);
    expect([1, 5, 50].map((share) => judgeMemory(1, share, 100).verdict)).toEqual(['mend', 'look', 'well']);
  });

  test('the worst counts', () => {
    expect([worst([]), worst(['well', 'look']), worst(['look', 'mend', 'well'])]).toEqual(['well', 'look', 'mend']);
  });
});
