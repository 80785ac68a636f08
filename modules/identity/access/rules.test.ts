import { describe, expect, test } from 'vitest';
import { beyond, countAdmins, covers, inBoth, inForce, locksOut, personaOf, type AdminTerm } from './rules.ts';

const now = new Date('2026-07-01T12:00:00Z');
const term = (startsAt: string, expiresAt: string | null = null) => ({ startsAt, expiresAt });

describe('a role in force', () => {
  test.each([
    ['without end', term('2026-01-01T00:00:00Z'), true],
    ['from this very moment', term('2026-07-01T12:00:00Z'), true],
    ['from a moment later', term('2026-07-01T12:00:00.001Z'), false],
    ['until a moment later', term('2026-01-01T00:00:00Z', '2026-07-01T12:00:00.001Z'), true],
    ['until this very moment', term('2026-01-01T00:00:00Z', '2026-07-01T12:00:00Z'), false],
    ['compared as instants, not as text', term('2026-07-01T13:30:00+02:00'), true],
  ])('%s', (_, given, expected) => expect(inForce(given, now)).toBe(expected));
});

describe('granting', () => {
  const held = new Set(['course:update', 'profile:update:own']);
  test('what is held may be handed on, also for one’s own things only', () => expect(beyond(held, ['course:update', 'course:update:own', 'profile:update:own'])).toEqual([]));
  test('what is held for one’s own things does not stretch to all', () => expect(beyond(held, ['profile:update', 'role:update'])).toEqual(['profile:update', 'role:update']));
  test('the permission for all covers the one for own', () => expect(covers(new Set(['a:read']), 'a:read:own')).toBe(true));
});

describe('a token', () => {
  test('gives no more than its member has by now', () => expect(inBoth(new Set(['a:read', 'b:read']), new Set(['b:read', 'c:read']))).toEqual(new Set(['b:read'])));
  test('keeps the narrower of two', () => expect(inBoth(new Set(['a:update:own']), new Set(['a:update']))).toEqual(new Set(['a:update:own'])));
});

describe('persona', () => {
  test('is the weightiest', () => expect(personaOf(['learner', 'admin', 'instructor'])).toBe('admin'));
  test('of nobody is a learner', () => expect(personaOf([])).toBe('learner'));
});

describe('admins', () => {
  const both = ['member:update', 'role:update'];
  const admin = (memberId: string, permissions = both, expiresAt: string | null = null): AdminTerm => ({ memberId, permissions, ...term('2026-01-01T00:00:00Z', expiresAt) });

  test('hold all that it takes, in one role or in several', () => {
    expect(countAdmins([admin('a'), admin('b', ['member:update']), admin('b', ['role:update']), admin('c', ['role:update'])], now)).toEqual({ current: 2, lasting: 2 });
  });
  test('are counted once', () => expect(countAdmins([admin('a'), admin('a')], now)).toEqual({ current: 1, lasting: 1 }));
  test('whose term ends do not last', () => expect(countAdmins([admin('a', both, '2027-01-01T00:00:00Z')], now)).toEqual({ current: 1, lasting: 0 }));
  test('whose term is over do not count', () => expect(countAdmins([admin('a', both, '2026-06-01T00:00:00Z')], now)).toEqual({ current: 0, lasting: 0 }));

  test('must not vanish', () => expect(locksOut({ current: 1, lasting: 1 }, { current: 0, lasting: 0 })).toBe(true));
  test('must not all have an end', () => expect(locksOut({ current: 1, lasting: 1 }, { current: 1, lasting: 0 })).toBe(true));
  test('may become fewer', () => expect(locksOut({ current: 2, lasting: 2 }, { current: 1, lasting: 1 })).toBe(false));
  test('who all have an end anyway may change', () => expect(locksOut({ current: 2, lasting: 0 }, { current: 1, lasting: 0 })).toBe(false));
  test('cannot be taken from where there are none', () => expect(locksOut({ current: 0, lasting: 0 }, { current: 0, lasting: 0 })).toBe(false));
});
