import { expect, test } from 'vitest';
import { defineProblems, problemText } from './problem.ts';

const { many } = defineProblems('test', { many: { status: 409, text: {
  en: { title: 'Too many', detail: 'At most {most, number}; you have {count, plural, one {# thing} other {# things}}.' },
  'es-MX': { title: 'Demasiados', detail: 'Como máximo {most, number}; tienes {count, plural, one {# cosa} other {# cosas}}.' },
  ar: { title: 'عدد كبير', detail: '{most, number} على الأكثر؛ لديك {count, plural, few {# أشياء} many {# شيئًا} other {# شيء}}.' },
} } });

test.each([
  ['en', 'At most 1,200; you have 15 things.'],
  ['es-MX', 'Como máximo 1,200; tienes 15 cosas.'],
  ['ar', '١٬٢٠٠ على الأكثر؛ لديك ١٥ شيئًا.'],
] as const)('numbers are written as in the language of the text: %s', (locale, detail) => {
  expect(problemText(many, locale, { most: 1200, count: 15 }).detail).toBe(detail);
});
