import { expect, test } from 'vitest';
import { dayEndingAt, endOfDay, startOfDay } from './dates.ts';

test.each([
  ['2026-11-20', 'UTC', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20', 'America/Mexico_City', '2026-11-20T06:00:00.000Z'],
  ['2026-11-20', 'Africa/Cairo', '2026-11-19T22:00:00.000Z'],
  // Clocks go forward in New York on this day, at two in the morning.
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
])('%s begins in %s at %s', (day, zone, instant) => {
  expect(startOfDay(day, zone)).toBe(instant);
});

test.each(['UTC', 'America/New_York', 'Africa/Cairo', 'Asia/Kathmandu'])('a day that ends in %s is read back as the same day', (zone) => {
  for (const day of ['2026-03-07', '2026-03-08', '2026-10-31', '2026-12-31']) expect(dayEndingAt(endOfDay(day, zone) ?? '', zone)).toBe(day);
});

test('what is no day has no beginning', () => {
  expect([startOfDay('', 'UTC'), endOfDay('soon', 'UTC')]).toEqual([undefined, undefined]);
});
