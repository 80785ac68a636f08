import { expect, test } from 'vitest';
import { differenceOf } from './rules.ts';

const blueprint = { persona: 'instructor' as const, permissions: ['course:read', 'course:create'] };

test('a role is compared with its blueprint, whatever the order', () => {
  expect(differenceOf({ persona: 'instructor', permissions: ['course:create', 'course:read'] }, blueprint)).toEqual({ persona: 'instructor', permissions: ['course:create', 'course:read'], added: [], removed: [], same: true });
  expect(differenceOf({ persona: 'instructor', permissions: ['member:read', 'course:read'] }, blueprint)).toMatchObject({ added: ['member:read'], removed: ['course:create'], same: false });
  expect(differenceOf({ ...blueprint, persona: 'officer' }, blueprint)).toMatchObject({ added: [], removed: [], same: false });
});
