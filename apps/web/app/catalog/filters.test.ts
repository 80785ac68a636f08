import { expect, test } from 'vitest';
import { catalogPath, isWordy, readFilters, readTrail, without } from './filters.ts';

test('an address that makes no sense shows everything', () => {
  expect(readFilters(new URLSearchParams('level=expert&price=9&language=%3Cb%3E&q=%20&sort=newest'))).toEqual({});
});

test('filters go to the address and back', () => {
  const filters = { q: 'agua de lluvia', level: 'beginner', price: 'free', sort: 'title' } as const;
  const query = new URL(catalogPath(filters, ['one', 'two']), 'http://x').searchParams;
  expect([readFilters(query), readTrail(query)]).toEqual([filters, ['one', 'two']]);
});

test('removing a filter keeps the others and begins at the first page', () => {
  expect(catalogPath(without({ q: 'suelo', level: 'all' }, 'level'))).toBe('/courses?q=suelo');
  expect(catalogPath(without({ q: 'suelo' }, 'q'))).toBe('/courses');
});

test('the trail stays short enough for an address', () => {
  const trail = Array.from({ length: 20 }, (_, index) => `c${index}`);
  expect(readTrail(new URL(catalogPath({}, trail), 'http://x').searchParams)).toEqual(trail.slice(-8));
});

test('what a form sends empty is known as wordy', () => {
  expect(isWordy(new URLSearchParams('q=suelo&level=&sort=newest'))).toBe(true);
  expect(isWordy(new URLSearchParams('q=suelo&sort=title&utm_source=x'))).toBe(false);
});
