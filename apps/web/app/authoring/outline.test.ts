import { expect, test } from 'vitest';
import { moved } from './outline.ts';

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
