import { describe, expect, test } from 'vitest';
import { searchQuery } from './queries.ts';
import { freeSlug, refusalOf } from './rules.ts';

describe('a change of state', () => {
  test.each([
    ['publish', 'draft', 3, null], ['publish', 'archived', 3, null], ['publish', 'draft', 0, 'course_empty'], ['publish', 'published', 3, 'course_already_published'],
    ['archive', 'published', 3, null], ['archive', 'draft', 3, 'course_not_published'], ['archive', 'archived', 3, 'course_not_published'],
  ] as const)('%s a %s course of %i lessons: %s', (change, status, lessonCount, refusal) => {
    expect(refusalOf(change, { status, lessonCount })).toBe(refusal);
  });
});

test('an address is made unique by a number', () => {
  expect(freeSlug('maize', new Set())).toBe('maize');
  expect(freeSlug('maize', new Set(['maize', 'maize-2']))).toBe('maize-3');
});

describe('a search', () => {
  test.each([['Energía Solar', 'energia:* & solar:*'], ['  ', null], ["o'brien & (sons) | !x:*", 'o:* & brien:* & sons:* & x:*'], ['الطَّاقة الشمسيّة', 'الطاقه:* & الشمسيه:*']])('%s', (typed, query) => {
    expect(searchQuery(typed)).toBe(query);
  });
});
