import { expect, test } from 'vitest';
import { firstOpen, lessonToOpen } from './place.ts';

const outline = (lastLessonId: string | null, done: string[] = []) => ({
  enrollment: { lastLessonId } as NonNullable<Parameters<typeof lessonToOpen>[0]['enrollment']>,
  modules: [['a', 'b'], ['c']].map((ids, index) => ({ id: `m${index}`, title: 'M', completedLessons: 0, lessons: ids.map((id) => ({ id, title: id, minutes: null, completed: done.includes(id) })) })),
});

test.each([
  ['goes on with the lesson opened last', outline('b', ['a', 'b']), 'b'],
  ['goes to the first open one where that lesson is gone', outline('gone', ['a']), 'b'],
  ['begins at the beginning', outline(null), 'a'],
  ['begins anew when all is done', outline(null, ['a', 'b', 'c']), 'a'],
  ['finds nothing in an empty course', { enrollment: null, modules: [] }, null],
])('%s', (_, course, lesson) => {
  expect(lessonToOpen(course)).toBe(lesson);
});

test('the first open lesson is none when all is done', () => {
  expect([firstOpen(outline(null, ['a'])), firstOpen(outline(null, ['a', 'b', 'c']))]).toEqual(['b', null]);
});
