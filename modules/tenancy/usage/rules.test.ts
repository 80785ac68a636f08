import { expect, test } from 'vitest';
import { everyDay } from './rules.ts';

const on = (day: string, tenants: number) => ({ day, tenants, members: 0, courses: 0, storageBytes: 0 });

test.each([
  ['nothing was counted', [], []],
  ['days between two counts are as the first', [on('2026-03-01', 1), on('2026-03-04', 2)], [on('2026-03-01', 1), on('2026-03-02', 1), on('2026-03-03', 1), on('2026-03-04', 2)]],
  ['what was counted before goes on', [on('2026-02-11', 7), on('2026-03-03', 2)], [on('2026-03-01', 7), on('2026-03-02', 7), on('2026-03-03', 2), on('2026-03-04', 2)]],
  ['days before the first count are left out', [on('2026-03-03', 2)], [on('2026-03-03', 2), on('2026-03-04', 2)]],
])('%s', (_, counted, days) => expect(everyDay(counted, '2026-03-01', '2026-03-04')).toEqual(days));
