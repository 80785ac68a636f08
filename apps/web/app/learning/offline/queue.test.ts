import { describe, expect, test } from 'vitest';
import type { SyncItem } from '@milpa/learning/contract';
import type { LessonData } from '../lesson/data.ts';
import { batchesOf, countOf, holding, keyOf, verdictOf, withQueue, type Waiting } from './queue.ts';

const at = (second: number) => `2026-03-01T10:00:${String(second).padStart(2, '0')}.000Z`;
const waiting = (item: SyncItem, enrollmentId = 'e1'): Waiting => ({ key: keyOf(item), enrollmentId, item, lessonTitle: 'L' });
const done = (lessonId: string, second = 0): SyncItem => ({ id: `d-${lessonId}-${second}`, occurredAt: at(second), kind: 'completion', lessonId });
const place = (lessonId: string, index: number, second = 0): SyncItem => ({ id: `p-${lessonId}-${second}`, occurredAt: at(second), kind: 'position', lessonId, reading: { index, hash: 'x', share: 10 } });
const written = (noteId: string, text: string, second = 0): SyncItem => ({ id: `n-${noteId}-${second}`, occurredAt: at(second), kind: 'note', noteId, note: { lessonId: 'a', kind: 'note', place: null, quote: '', text } });
const refused = { code: 'x', title: 'x', detail: 'x' };

const data: LessonData = {
  version: 1, course: { id: 'c', slug: 'c', title: 'C', language: 'en' },
  modules: [{ id: 'm', title: 'M', completedLessons: 1, lessons: ['a', 'b', 'c', 'o'].map((id) => ({ id, title: id, minutes: null, completion: 'mark' as const, optional: id === 'o', completed: id === 'c', locked: false })), lock: null }],
  enrollment: { id: 'e1', done: 1, total: 3, lastLessonId: null },
  lesson: { id: 'a', title: 'A', minutes: null, completed: false, moduleTitle: 'M', html: '', completion: 'mark' },
  attachments: [], previous: null, next: null, place: { index: 1, hash: 'o', share: 5 }, notes: [],
};

describe('what waits', () => {
  test('is sent in the order in which it was done, apart for each enrolment, in bounded batches', () => {
    const queue = [waiting(done('a', 3)), waiting(done('b', 1)), waiting(done('z', 2), 'e2'), waiting(done('c', 4)), { ...waiting(done('r', 0)), refused }];
    expect(batchesOf(queue, 2).map(({ enrollmentId, waiting: all }) => [enrollmentId, ...all.map(({ item }) => item.occurredAt.slice(17, 19))])).toEqual([['e1', '01', '03'], ['e2', '02'], ['e1', '04']]);
  });

  test('of positions in a lesson is the last alone, and counts for nobody', () => {
    expect(keyOf(place('a', 1, 1))).toBe(keyOf(place('a', 2, 9)));
    expect(keyOf(done('a', 1))).not.toBe(keyOf(done('a', 2)));
    expect(countOf([waiting(place('a', 1)), waiting(done('a')), { ...waiting(done('b')), refused }])).toBe(1);
  });

  test.each([[200, 'taken'], [401, 'signIn'], [429, 'later'], [500, 'later'], [502, 'later'], [302, 'later'], [0, 'later'], [404, 'refused'], [422, 'refused']])('answered by %i, it is %s', (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict);
  });
});

test('what holds is what waits and what was sent from here, as it was done, without what was refused', () => {
  const [sent, newer, no] = [waiting(done('a', 3)), waiting(place('a', 9, 5)), waiting(done('r', 2))];
  expect(holding([waiting(place('a', 1, 1)), waiting(done('b', 4)), { ...no, refused }], [sent, newer, no]).map(({ item }) => item.id)).toEqual([sent.item.id, 'd-b-4', newer.item.id]);
});

describe('a lesson with what waits', () => {
  test('is done, once, and so is the count', () => {
    const shown = withQueue(data, [waiting(done('a', 1)), waiting(done('a', 2)), waiting(done('c')), waiting(done('o')), waiting(done('b'), 'e2')]);
    expect(shown).toMatchObject({ enrollment: { done: 2 }, lesson: { completed: true }, modules: [{ completedLessons: 3, lessons: [{ completed: true }, { completed: false }, { completed: true }, { completed: true }] }] });
  });

  test('is not done by what was refused', () => {
    expect(withQueue(data, [{ ...waiting(done('a')), refused }])).toMatchObject({ enrollment: { done: 1 }, lesson: { completed: false } });
  });

  test('goes on where this device was, with the notes that it has', () => {
    const shown = withQueue(data, [waiting(place('a', 8)), waiting(place('b', 9)), waiting(written('n1', 'first', 1)), waiting(written('n1', 'second', 2)), waiting(written('n2', 'gone')), waiting({ id: 'x', occurredAt: at(3), kind: 'noteRemoval', noteId: 'n2' })]);
    expect(shown.place).toMatchObject({ index: 8 });
    expect(shown.notes).toMatchObject([{ id: 'n1', text: 'second', createdAt: at(1) }]);
  });

  test('is as it was for who only looks', () => {
    expect(withQueue({ ...data, enrollment: null }, [waiting(done('a'))]).lesson.completed).toBe(false);
  });
});
