import { describe, expect, test } from 'vitest';
import { dayOf, forecastLines, localeOf, roleOf } from './rules.ts';

test.each([
  ['2027-01-31', '2027-01-31'], ['2027/1/5', '2027-01-05'], ['31/01/2027', '2027-01-31'], ['5.6.2027', '2027-06-05'], ['٢٠٢٧-٠١-٣١', '2027-01-31'],
  ['05/06/2027', undefined], ['2027-02-30', undefined], ['31-13-2027', undefined], ['soon', undefined], ['2027', undefined], ['1/2-2027', undefined], ['', undefined],
])('%j is the day %j', (text, day) => expect(dayOf(text)).toBe(day));

test.each([['es', 'es-MX'], ['Español', 'es-MX'], ['ENGLISH', 'en'], ['العربية', 'ar'], ['fr', undefined]])('%j is the language %j', (text, locale) => expect(localeOf(text)).toBe(locale));

const roles = [
  { id: '1', key: 'learner', name: { en: 'Learner', 'es-MX': 'Estudiante', ar: 'متعلّم' }, permissions: [] },
  { id: '2', key: 'admin', name: { en: 'Administrator' }, permissions: ['role:update'] },
];
test.each([['learner', '1'], ['ESTUDIANTE ', '1'], ['متعلم', '1'], ['administrator', '2'], ['king', undefined], ['', undefined]])('%j is the role %j', (text, id) => expect(roleOf(text, roles)?.id).toBe(id));

describe('what would become of each line', () => {
  const lines = (...people: Partial<{ email: string; role: string; until: string; language: string }>[]) => people.map((person, index) => ({ line: index + 1, name: '', email: 'a@x.org', role: '', until: '', language: '', ...person }));
  const standing = { roles, fallback: { roleId: '1', locale: 'ar' as const }, mayGive: ({ id }: { id: string }) => id === '1', members: new Set(['in@x.org']), invited: new Set(['asked@x.org']), seats: 9, today: '2026-11-21' };
  test.each([
    ['bad_address', { email: 'a at x' }], ['already_member', { email: 'in@x.org' }], ['already_invited', { email: 'asked@x.org' }], ['no_such_role', { role: 'king' }], ['not_allowed', { role: 'admin' }],
    ['bad_date', { until: '2026-11-20' }], ['invite', { until: '2026-11-21' }], ['bad_date', { until: '05/06/2027' }], ['bad_language', { language: 'Nahuatl' }], ['invite', {}],
  ])('%s: %j', (forecast, person) => expect(forecastLines(lines(person), standing)).toMatchObject([{ forecast }]));

  test('the first of equal ones counts, and so does the first to take a place', () => {
    const list = lines({ email: 'a@x.org', language: 'es', until: '2027-01-31', role: 'Estudiante' }, { email: 'a@x.org' }, { email: 'in@x.org' }, { email: 'b@x.org' });
    expect(forecastLines(list, { ...standing, seats: 1 })).toMatchObject([
      { forecast: 'invite', roleId: '1', locale: 'es-MX', until: '2027-01-31', roleText: 'Estudiante' }, { forecast: 'duplicate' }, { forecast: 'already_member' }, { forecast: 'no_place' },
    ]);
  });
});
