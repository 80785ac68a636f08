import { describe, expect, test } from 'vitest';
import type { CourseOutline } from './contract.ts';
import { changesBetween, countsOf, movedItems, textChanges, type ComparedOutline } from './rules.ts';

const lesson = (id: string, more: Partial<CourseOutline['modules'][number]['lessons'][number]> = {}) => ({ id, revisionId: `${id}1`, title: id, minutes: 5, completion: 'mark' as const, optional: false, ...more });
const outline = (modules: Record<string, ReturnType<typeof lesson>[]>, more: Partial<CourseOutline> = {}): CourseOutline => ({
  requiredShare: 100, sequential: false, ...more, modules: Object.entries(modules).map(([id, lessons]) => ({ id, title: id, release: { kind: 'always' }, prerequisiteIds: [], lessons })),
});
const compared = (of: CourseOutline, contents: Record<string, string> = {}): ComparedOutline => ({ outline: of, contents: new Map(Object.entries(contents).map(([id, bodyHtml]) => [id, { bodyHtml, attachments: [] }])) });

test('what counts are the lessons that are not optional, and the minutes of all', () => {
  expect(countsOf(outline({ one: [lesson('a'), lesson('b', { optional: true }), lesson('c', { minutes: null })] }))).toEqual({ lessonCount: 2, durationMinutes: 10 });
});

test.each([
  [['a', 'b', 'c'], ['a', 'b', 'c'], []], [['a', 'b', 'c'], ['c', 'a', 'b'], ['c']], [['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'], ['a']], [['a', 'b'], ['x', 'a', 'y', 'b'], []], [['a', 'b'], [], []],
])('from %j to %j the fewest moved: %j', (before, after, moved) => {
  expect([...movedItems(before, after)]).toEqual(moved);
});

describe('what was done between two versions', () => {
  test('is nothing where nothing was done', () => {
    const same = compared(outline({ one: [lesson('a')] }));
    expect(changesBetween(same, same)).toEqual({ rules: [], modules: [], lessons: [] });
  });
  test('names what came, went, moved, was renamed and was changed, each once', () => {
    const before = compared(outline({ one: [lesson('a'), lesson('b'), lesson('f'), lesson('c')], two: [lesson('d')], gone: [] }), { a: '<p>The tank holds ten litres.</p>' });
    const after = compared(outline({ one: [lesson('c'), lesson('a', { title: 'A' }), lesson('f'), lesson('e')], two: [lesson('d', { minutes: 9 }), lesson('b')] }, { sequential: true }), { a: '<p>The tank holds twelve litres.</p>' });
    const changes = changesBetween(before, after);
    expect(changes.rules).toEqual(['sequential']);
    expect(changes.modules).toEqual([{ id: 'gone', title: 'gone', before: null, changes: ['removed'] }]);
    expect(changes.lessons.map(({ id, changes: done }) => `${id} ${done.join()}`).toSorted()).toEqual(['a renamed,changed', 'b moved', 'c moved', 'd changed', 'e added']);
    expect(changes.lessons.find(({ id }) => id === 'a')).toMatchObject({
      before: 'a', title: 'A', moduleTitle: 'one',
      text: [{ kind: 'same', text: 'The tank holds ' }, { kind: 'removed', text: 'ten' }, { kind: 'added', text: 'twelve' }, { kind: 'same', text: ' litres.' }],
    });
  });
  test('tells no words where only the look of a text has changed', () => {
    const [before, after] = [compared(outline({ one: [lesson('a')] }), { a: '<p>Water</p>' }), compared(outline({ one: [lesson('a')] }), { a: '<h2>Water</h2>' })];
    expect(changesBetween(before, after).lessons).toMatchObject([{ changes: ['changed'], text: null }]);
  });
});

test('words of any script are compared whole, and long texts that share nothing are not compared for ever', () => {
  expect(textChanges('الماء حياة', 'الماء نعمة')).toEqual([{ kind: 'same', text: 'الماء ' }, { kind: 'removed', text: 'حياة' }, { kind: 'added', text: 'نعمة' }]);
  const long = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join(' ');
  expect(textChanges(long('a'), long('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
