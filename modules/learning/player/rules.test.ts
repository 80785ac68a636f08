import type { CourseOutline } from '@milpa/catalog/contract';
import { describe, expect, test } from 'vitest';
import { isComplete, requiredOf } from '../progress/rules.ts';
import { access } from './rules.ts';

type Module = CourseOutline['modules'][number];
const lesson = (id: string, optional = false): Module['lessons'][number] => ({ id, revisionId: null, title: id, minutes: null, completion: 'mark', optional });
const module = (id: string, lessons: Module['lessons'], more: Partial<Module> = {}): Module => ({ id, title: id, release: { kind: 'always' }, prerequisiteIds: [], lessons, ...more });
const outline = (modules: Module[], more: Partial<CourseOutline> = {}): CourseOutline => ({ requiredShare: 100, sequential: false, modules, ...more });

const start = '2026-01-01T08:00:00.000Z';
const day = (n: number) => new Date(Date.parse(start) + n * 86_400_000);
const open = (of: CourseOutline, done: string[], now = day(0), startsAt = start) => {
  const { modules, lessons } = access(of, startsAt, new Set(done), now);
  return { locks: Object.fromEntries(modules), locked: [...lessons] };
};

describe('what is open to a learner', () => {
  const plain = outline([module('one', [lesson('a'), lesson('b')]), module('two', [lesson('c')])]);
  test('is everything where no rule says otherwise', () => expect(open(plain, [])).toEqual({ locks: {}, locked: [] }));
  test('is nothing before their time begins', () => expect(open(plain, [], day(-1)).locked).toEqual(['a', 'b', 'c']));

  const dated = outline([module('one', [lesson('a')], { release: { kind: 'date', at: day(3).toISOString() } })]);
  test.each([[2.9, ['a']], [3, []], [9, []]])('after %f days of a module for day 3: %j closed', (days, locked) => {
    expect(open(dated, [], day(days))).toEqual({ locks: locked.length > 0 ? { one: { until: day(3).toISOString(), after: [] } } : {}, locked });
  });

  const weekly = outline([module('one', [lesson('a')], { release: { kind: 'weeks', afterEnrollment: 2 } })]);
  test.each([[13.9, 1], [14, 0]])('after %f days of a module two weeks after the start: %i closed', (days, closed) => expect(open(weekly, [], day(days)).locked).toHaveLength(closed));
  test('weeks are counted from when the learner’s time begins', () => expect(open(weekly, [], day(15), day(5).toISOString()).locked).toEqual(['a']));

  const chained = outline([module('one', [lesson('a'), lesson('x', true)]), module('two', [lesson('b')], { prerequisiteIds: ['one'] })]);
  test('follows what comes first; what is optional holds nobody up', () => {
    expect(open(chained, [])).toEqual({ locks: { two: { until: null, after: ['one'] } }, locked: ['b'] });
    expect(open(chained, ['a'])).toEqual({ locks: {}, locked: [] });
  });
  test('what is done stays open, whatever came before it later', () => expect(open(chained, ['b']).locked).toEqual([]));

  const inTurn = outline([module('one', [lesson('a'), lesson('x', true), lesson('b')]), module('two', [lesson('c')])], { sequential: true });
  test.each([[[], ['x', 'b', 'c']], [['a'], ['c']], [['a', 'b'], []], [['c'], ['x', 'b']]])('one after the other, with %j done: %j closed', (done, locked) => expect(open(inTurn, done).locked).toEqual(locked));
});

describe('a course is completed', () => {
  test.each([[100, 3], [80, 3], [67, 3], [66, 2], [1, 1]])('with a share of %i per cent of three by %i lessons', (requiredShare, required) => {
    expect(requiredOf(outline([module('one', [lesson('a'), lesson('b'), lesson('c'), lesson('x', true)])], { requiredShare }))).toEqual({ lessonIds: ['a', 'b', 'c'], requiredLessons: required });
  });
  test.each([[2, 3, false], [3, 3, true], [4, 3, true], [0, 0, false]])('with %i of %i: %s', (done, required, complete) => expect(isComplete(done, required)).toBe(complete));
});
