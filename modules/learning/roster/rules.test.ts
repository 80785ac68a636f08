import { describe, expect, test } from 'vitest';
import { funnelOf, isStalled, stalledBefore } from './rules.ts';

const before = stalledBefore(new Date('2026-11-20T12:00:00Z'), 14);

describe('somebody stalls', () => {
  test.each([
    ['active', '2026-11-06T11:59:59Z', null, true],
    ['active', '2026-11-06T12:00:00Z', null, false],
    ['completed', '2026-01-01T00:00:00Z', null, false],
    ['left', '2026-01-01T00:00:00Z', null, false],
    // Enrolled long ago with a group that begins later.
    ['active', '2026-01-01T00:00:00Z', '2026-11-25T00:00:00Z', false],
    ['active', '2026-01-01T00:00:00Z', '2026-11-10T00:00:00Z', false],
    ['active', '2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z', true],
  ])('%s, seen %s, begun %s: %s', (status, activeAt, startsAt, stalled) => expect(isStalled({ status, activeAt, startsAt }, before)).toBe(stalled));
});

test('a funnel counts everybody once in each lesson, whatever the counts say', () => {
  const lessons = ['a', 'b', 'c'].map((id) => ({ id, title: id, moduleTitle: 'm' }));
  const funnel = funnelOf(lessons, 10, new Map([['a', 8], ['b', 12]]), new Map([['a', 5], ['c', 1]]));
  expect(funnel.map(({ done, at, before: ahead }) => [done, at, ahead])).toEqual([[8, 2, 0], [10, 0, 0], [0, 1, 9]]);
});
