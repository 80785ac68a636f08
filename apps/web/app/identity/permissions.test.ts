import { expect, test } from 'vitest';
import { groupPermissions, keyFrom } from './permissions.ts';

test('permissions are grouped by subject, the known subjects first', () => {
  expect(groupPermissions(['zebra:ride', 'member:read', 'course:update:own', 'course:read'])).toEqual([
    { subject: 'course', permissions: ['course:read', 'course:update:own'] },
    { subject: 'member', permissions: ['member:read'] },
    { subject: 'zebra', permissions: ['zebra:ride'] },
  ]);
});

test.each([
  ['Class teacher', 'class-teacher'],
  ['Coordinación Académica ', 'coordinacion-academica'],
  ['2nd reader', 'nd-reader'],
])('the key of %j is %s', (name, key) => {
  expect(keyFrom(name)).toBe(key);
});

test.each(['', 'معلّم', '2026'])('a name without Latin letters (%j) still gets a key that the API takes', (name) => {
  expect(keyFrom(name)).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});
