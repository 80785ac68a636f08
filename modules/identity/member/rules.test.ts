import { describe, expect, test } from 'vitest';
import { changedRoles, termRefused } from './rules.ts';

const term = (roleId: string, startsAt = '2026-01-01T00:00:00Z', expiresAt: string | null = null) => ({ roleId, startsAt, expiresAt });

describe('changed roles', () => {
  test('none when the list is the same', () => expect(changedRoles([term('a')], [term('a', '2026-01-01T01:00:00+01:00')])).toEqual(new Set()));
  test('those given and those taken away', () => expect(changedRoles([term('a'), term('b')], [term('b'), term('c')])).toEqual(new Set(['a', 'c'])));
  test('those whose term is another', () => expect(changedRoles([term('a')], [term('a', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')])).toEqual(new Set(['a'])));
});

describe('terms', () => {
  test('are refused when they end before they begin', () => expect(termRefused([term('a', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')])).toBe(true));
  test('are refused when they end as they begin', () => expect(termRefused([term('a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')])).toBe(true));
  test('are refused when a role is there twice', () => expect(termRefused([term('a'), term('a')])).toBe(true));
  test('are fine with an end or without', () => expect(termRefused([term('a'), term('b', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')])).toBe(false));
});
