import { expect, test } from 'vitest';
import { moved, placed, placeOf } from './outline.ts';

const outline = [{ id: 'A', lessonIds: ['a1', 'a2'] }, { id: 'B', lessonIds: ['b1'] }];
const show = (order: typeof outline) => order.map(({ id, lessonIds }) => `${id}:${lessonIds.join(',')}`).join(' ');

test.each([
  ['a2', 'up', 'A:a2,a1 B:b1'],
  ['a1', 'down', 'A:a2,a1 B:b1'],
  ['a2', 'down', 'A:a1 B:a2,b1'],
  ['b1', 'up', 'A:a1,a2,b1 B:'],
  ['a1', 'up', 'A:a1,a2 B:b1'],
  ['b1', 'down', 'A:a1,a2 B:b1'],
  ['B', 'up', 'B:b1 A:a1,a2'],
  ['B', 'down', 'A:a1,a2 B:b1'],
  ['gone', 'up', 'A:a1,a2 B:b1'],
] as const)('%s goes %s: %s', (id, direction, result) => {
  expect(show(moved(outline, id, direction))).toBe(result);
});

test.each([
  ['a1', 'after', 'a2', 'A:a2,a1 B:b1'],
  ['b1', 'before', 'a2', 'A:a1,b1,a2 B:'],
  ['a1', 'after', 'b1', 'A:a2 B:b1,a1'],
  ['b1', 'after', 'A', 'A:b1,a1,a2 B:'],
  ['a2', 'after', 'a2', 'A:a1,a2 B:b1'],
  ['B', 'before', 'A', 'B:b1 A:a1,a2'],
  ['A', 'after', 'b1', 'B:b1 A:a1,a2'],
  ['gone', 'before', 'a1', 'A:a1,a2 B:b1'],
] as const)('%s is set %s %s: %s', (id, side, target, result) => {
  expect(show(placed(outline, id, target, side))).toBe(result);
});

test('a place is counted from 1, within its module', () => {
  expect([placeOf(outline, 'a2'), placeOf(outline, 'B'), placeOf(outline, 'gone')]).toEqual([{ at: 2, of: 2, moduleId: 'A' }, { at: 2, of: 2, moduleId: null }, null]);
});
