import { describe, expect, test } from 'vitest';
import { createTenant, updateTenant } from './contract.ts';
import { isReservedSlug, operatorAbilities } from './rules.ts';

describe('addresses', () => {
  test.each(['www', 'api', 'admin', 'operator', 'mail', 'xn--mgbh0fb'])('%s is kept back', (slug) => expect(isReservedSlug(slug)).toBe(true));
  test.each(['academia', 'www2', 'apis', 'escuela-2'])('%s may be given', (slug) => expect(isReservedSlug(slug)).toBe(false));

  const accepts = (slug: string) => createTenant.body!.safeParse({ slug, name: 'A', blueprint: 'academy' }).success;
  test.each(['ab', 'a-b', '2026', 'a'.repeat(63)])('%s has the form of one', (slug) => expect(accepts(slug)).toBe(true));
  test.each(['a', '-ab', 'ab-', 'Ab', 'a_b', 'a.b', 'añil', 'a b', '', 'a'.repeat(64)])('"%s" has not', (slug) => expect(accepts(slug)).toBe(false));
});

describe('what a tenant may be given', () => {
  const create = (fields: object) => createTenant.body!.safeParse({ slug: 'ab', name: 'A', blueprint: 'academy', ...fields }).success;
  test('time zones and currencies are those that exist', () => {
    const zones = ['Africa/Cairo', 'UTC', 'Asia/Kolkata', 'Asia/Calcutta', 'Africa/Tenochtitlan', '+02:00', ''];
    expect(zones.filter((timeZone) => create({ timeZone }))).toEqual(zones.slice(0, 4));
    expect([create({ currency: 'EGP' }), create({ currency: 'ZZQ' }), create({ currency: 'mxn' })]).toEqual([true, false, false]);
  });

  const origin = (value: string) => updateTenant.body!.safeParse({ allowedOrigins: [value] }).success;
  test.each(['https://escuela.example', 'https://escuela.example:8443', 'http://localhost:5173'])('%s may call the API', (value) => expect(origin(value)).toBe(true));
  test.each(['http://escuela.example', 'https://escuela.example/', 'https://ESCUELA.example', '*', 'null', 'https://a@escuela.example', 'javascript:alert(1)'])('%s may not', (value) => expect(origin(value)).toBe(false));
});

test('a closed tenant stays closed', () => {
  expect(operatorAbilities('closed')).toEqual({ update: false, suspend: false, resume: false, close: false });
  expect(operatorAbilities('active')).toEqual({ update: true, suspend: true, resume: false, close: true });
  expect(operatorAbilities('suspended')).toEqual({ update: true, suspend: false, resume: true, close: true });
});
