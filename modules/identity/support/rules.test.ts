import { describe, expect, test } from 'vitest';
import { isAlive, isWithin, sessionEnd, stateAt } from './rules.ts';

const now = new Date('2026-07-01T12:00:00Z');

describe('an access', () => {
  const granted = { state: 'granted' as const, expiresAt: '2026-07-01T12:00:00.001Z', endedAt: null };
  test('is alive until the moment at which it expires', () => expect(isAlive(granted, now)).toBe(true));
  test.each([
    ['expired this very moment', { ...granted, expiresAt: '2026-07-01T12:00:00Z' }],
    ['was ended', { ...granted, endedAt: '2026-07-01T11:00:00Z' }],
    ['is only asked for', { state: 'requested' as const, expiresAt: null, endedAt: null }],
    ['was refused', { state: 'refused' as const, expiresAt: null, endedAt: null }],
  ])('that %s is not', (_, access) => expect(isAlive(access, now)).toBe(false));
});

test.each([
  ['the same', { level: 'change', hours: 24 }, { level: 'change', hours: 24 }, true],
  ['less', { level: 'read', hours: 1 }, { level: 'change', hours: 24 }, true],
  ['longer', { level: 'read', hours: 168 }, { level: 'change', hours: 24 }, false],
  ['changes where looking was asked for', { level: 'change', hours: 1 }, { level: 'read', hours: 24 }, false],
])('what is allowed may be %s: %j of %j', (_, allowed, asked, expected) => expect(isWithin(allowed, asked)).toBe(expected));

test('a session ends with its access, or after eight hours', () => {
  expect(sessionEnd('2026-07-01T13:00:00Z', now).toISOString()).toBe('2026-07-01T13:00:00.000Z');
  expect(sessionEnd('2026-07-08T12:00:00Z', now).toISOString()).toBe('2026-07-01T20:00:00.000Z');
});

test('a request lapses after a week, and nothing else does', () => {
  expect(stateAt({ state: 'requested', createdAt: '2026-06-24T12:00:00.001Z' }, now)).toBe('requested');
  expect(stateAt({ state: 'requested', createdAt: '2026-06-24T12:00:00Z' }, now)).toBe('lapsed');
  expect(stateAt({ state: 'refused', createdAt: '2026-01-01T00:00:00Z' }, now)).toBe('refused');
});
