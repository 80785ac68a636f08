import { readdirSync, readFileSync } from 'node:fs';
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

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
/** Every permission is given by some blueprint. */
const given = new Set(readdirSync(new URL('../../../../blueprints', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => read(`../../../../blueprints/${name}/blueprint.yaml`).match(/(?<=[\s[,])[a-z_]+:[a-z]+(:own)?(?=[\s,\]])/g) ?? []));

test.each(['en', 'es-MX', 'ar'])('every permission and what it is about has words in %s', (locale) => {
  const words: Record<string, string> = JSON.parse(read(`messages/${locale}.json`));
  const lacking = (key: string, names: string[]) => names.filter((name) => !words[key]?.includes(` ${name} {`));
  expect(given.size).toBeGreaterThan(30);
  expect(lacking('identity.permission', [...given].map((permission) => permission.replaceAll(':', '_')))).toEqual([]);
  expect(lacking('identity.permissionSubject', [...new Set([...given].map((permission) => permission.split(':', 1)[0]!))])).toEqual([]);
});
