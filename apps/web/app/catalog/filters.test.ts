import { expect, test } from 'vitest';
import { catalogPath, isLandingPage, isWordy, readFilters, readTrail, sortsFor, toggled, without } from './filters.ts';

test('an address that makes no sense shows everything', () => {
  expect(readFilters(new URLSearchParams('level=expert&price=9&language=%3Cb%3E&q=%20&sort=newest&rating=9&duration=years'))).toEqual({});
});

test('filters go to the address and back', () => {
  const filters = { q: 'agua de lluvia', level: 'beginner', price: '5000-20000', duration: 'short', rating: 4.5, sort: 'title' } as const;
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
  expect(isWordy(new URLSearchParams('q=suelo&level='))).toBe(true);
  expect(isWordy(new URLSearchParams('q=suelo&sort=title&utm_source=x'))).toBe(false);
});

test('a list has one address, however it was come to', () => {
  expect(catalogPath({ sort: 'title', level: 'all', q: 'suelo' })).toBe('/courses?q=suelo&level=all&sort=title');
  expect(toggled({ level: 'all', q: 'suelo' }, 'level', 'all')).toBe('/courses?q=suelo');
  expect(toggled({ q: 'suelo' }, 'rating', 4)).toBe('/courses?q=suelo&rating=4');
});

test('relevance is the order of words, and of nothing else', () => {
  expect(readFilters(new URLSearchParams('q=suelo&sort=relevance'))).toEqual({ q: 'suelo' });
  expect(readFilters(new URLSearchParams('q=suelo&sort=newest'))).toEqual({ q: 'suelo', sort: 'newest' });
  expect(readFilters(new URLSearchParams('sort=relevance'))).toEqual({});
  expect([sortsFor(undefined)[0], sortsFor('suelo')[0]]).toEqual(['newest', 'relevance']);
});

test('search engines are shown lists that somebody looks for', () => {
  expect([isLandingPage({}, []), isLandingPage({ category: 'agua' }, []), isLandingPage({ q: 'agua' }, []), isLandingPage({}, ['x'])]).toEqual([true, true, false, false]);
});
