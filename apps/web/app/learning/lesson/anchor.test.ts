import { describe, expect, test } from 'vitest';
import { findPlace, findReading, hashOf, placeAt } from './anchor.ts';

const lesson = ['Sow', 'Water', 'Wait', 'Water', 'Harvest'];

describe('a place', () => {
  test.each([
    ['is where it was', lesson, 2, 2],
    ['is found behind what was put before it', ['New', 'Newer', ...lesson], 2, 4],
    ['is found before where it was', lesson.slice(1), 2, 1],
    ['is found at the end, from the beginning', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Sow'], 0, 8],
    ['of two with the same words is the one that it was', lesson, 3, 3],
    ['of two with the same words is the nearest', ['Water', ...lesson.slice(2)], 3, 2],
    ['is gone with its words', ['Sow', 'Water', 'Never wait', 'Harvest'], 2, null],
    ['is nowhere in a lesson without text', [], 2, null],
  ])('%s', (_, now, index, found) => {
    expect(findPlace(now, placeAt(lesson, index))).toBe(found);
  });

  test('is the same however the text is broken into lines', () => {
    expect(hashOf('  Sow after\n   rain ')).toBe(hashOf('Sow after rain'));
    expect(hashOf('Sow after rain')).not.toBe(hashOf('Sow before rain'));
    expect(hashOf('نزرع بعد المطر 🌱')).toMatch(/^[a-z0-9]{1,7}$/);
  });
});

test('reading goes on where the words would be, in a lesson that has any', () => {
  expect(findReading(['Sow', 'x'], placeAt(lesson, 4))).toBe(1);
  expect(findReading([], placeAt(lesson, 4))).toBeNull();
});
