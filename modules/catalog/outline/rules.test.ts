import { expect, test } from 'vitest';
import { inCircle, isReordering } from './rules.ts';

test.each([
  [{ a: ['b'], b: [] }, []], [{ a: ['b'], b: ['a'], c: ['a'] }, ['a', 'b']], [{ a: ['a'] }, ['a']], [{ a: ['b'], b: ['c'], c: ['a'], d: [] }, ['a', 'b', 'c']],
])('%j: %j wait for themselves', (after, circle) => {
  expect(inCircle(new Map<string, readonly string[]>(Object.entries(after)))).toEqual(circle);
});

test('an order names everything once', () => {
  expect(isReordering([{ id: 'm', lessonIds: ['b', 'a'] }], ['m'], ['a', 'b'])).toBe(true);
  expect(isReordering([{ id: 'm', lessonIds: ['a', 'a'] }], ['m'], ['a', 'b'])).toBe(false);
  expect(isReordering([{ id: 'm', lessonIds: ['a'] }], ['m'], ['a', 'b'])).toBe(false);
});
