import { expect, test } from 'vitest';
import { copyTitle, freeSlug, publishRefusal } from './rules.ts';

test.each([
  ['draft', 3, null, null], ['published', 3, 3, 'course_already_published'], ['published', 4, 3, null], ['archived', 3, 3, null],
] as const)('publishing a %s course at content %i, where %s is published: %s', (status, contentVersion, published, refusal) => {
  expect(publishRefusal({ status, contentVersion }, published === null ? null : { contentVersion: published })).toBe(refusal);
});

test('an address is made unique by a number', () => {
  expect(freeSlug('maize', new Set())).toBe('maize');
  expect(freeSlug('maize', new Set(['maize', 'maize-2']))).toBe('maize-3');
});

test('a copy says so in the language of its course, and fits', () => {
  expect([copyTitle('Rain', 'en'), copyTitle('Lluvia', 'es-MX'), copyTitle('المطر', 'ar')]).toEqual(['Rain (copy)', 'Lluvia (copia)', 'المطر (نسخة)']);
  expect(copyTitle('x'.repeat(200), 'es')).toHaveLength(200);
});
