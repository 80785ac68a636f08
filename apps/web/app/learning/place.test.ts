import { expect, test } from 'vitest';
import { firstOpen, lessonToOpen } from './place.ts';

const outline = (lastLessonId: string | null, done: string[] = [], locked: string[] = []) => ({
  enrollment: { lastLessonId } as NonNullable<Parameters<typeof lessonToOpen>[0]['enrollment']>,
  modules: [['a', 'b'], ['c']].map((ids, index) => ({ id: `m${index}`, title: 'M', completedLessons: 0, lock: null, lessons: ids.map((id) => ({ id, title: id, minutes: null, completion: 'mark' as const, optional: false, completed: done.includes(id), locked: locked.includes(id) })) })),
});

test.each([
  ['goes on with the lesson opened last', outline('b', ['a', 'b']), 'b'],
  ['goes to the first open one where that lesson is gone', outline('gone', ['a']), 'b'],
  ['goes past what is locked', outline('a', [], ['a']), 'b'],
  ['leads to the first lesson, which says why, where all is locked', outline(null, [], ['a', 'b', 'c']), 'a'],
  ['begins at the beginning', outline(null), 'a'],
  ['begins anew when all is done', outline(null, ['a', 'b', 'c']), 'a'],
  ['finds nothing in an empty course', { enrollment: null, modules: [] }, null],
])('%s', (_, course, lesson) => {
  expect(lessonToOpen(course)).toBe(lesson);
});

test('the first open lesson is none when all is done', () => {
  expect([firstOpen(outline(null, ['a'])), firstOpen(outline(null, ['a'], ['b'])), firstOpen(outline(null, ['a', 'b', 'c']))]).toEqual(['b', 'c', null]);
});
