import { expect, test } from 'vitest';
import { firstOpen, lessonToOpen, opensNext } from './place.ts';

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

test('what opens next is the module whose day comes first, and waits for nothing else', () => {
  const module = (title: string, lock: { until: string | null; after: { id: string; title: string }[] } | null) => ({ id: title, title, completedLessons: 0, lessons: [], lock });
  const modules = [module('open', null), module('later', { until: '2026-06-01T00:00:00Z', after: [] }), module('sooner', { until: '2026-05-01T00:00:00Z', after: [] }), module('not by itself', { until: '2026-04-01T00:00:00Z', after: [{ id: 'x', title: 'x' }] }), module('undated', { until: null, after: [] })];
  expect(opensNext({ modules })).toEqual({ title: 'sooner', until: '2026-05-01T00:00:00Z' });
  expect(opensNext({ modules: modules.slice(0, 1) })).toBeNull();
});
