import { describe, expect, test } from 'vitest';
import { formatFor } from './format.ts';

const english = formatFor('en', 'America/Mexico_City');
const arabic = formatFor('ar', 'Africa/Cairo');
/** Intl puts no-break spaces of several widths; which, is not our concern. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u200f]/g, ' ').trim();

describe('money', () => {
  test.each([
    [{ amount: 123_456, currency: 'MXN' }, 'MX$1,234.56'],
    [{ amount: 500, currency: 'JPY' }, '¥500'],
    [{ amount: 1_500, currency: 'KWD' }, 'KWD 1.500'],
    [{ amount: 9_007_199_254_740_991, currency: 'USD' }, '$90,071,992,547,409.91'],
  ])('%o is %s', (money, text) => {
    expect(plain(english.money(money))).toBe(text);
  });
});

describe('dates', () => {
  test('are those of the tenant, not of the server', () => {
    expect(english.date('2026-01-01T03:00:00Z')).toBe('Dec 31, 2025');
    expect(plain(english.dateTime('2026-01-01T03:00:00Z'))).toBe('Dec 31, 2025, 9:00 PM');
  });
  test('are written with Arabic digits in Arabic', () => {
    expect(arabic.date('2026-03-05T12:00:00Z', 'long')).toBe('٥ مارس ٢٠٢٦');
  });
});

describe('relative moments', () => {
  const now = '2026-01-10T12:00:00Z';
  test.each([
    ['2026-01-07T11:00:00Z', '3 days ago'],
    ['2026-01-11T12:00:00Z', 'tomorrow'],
    ['2026-01-10T12:00:20Z', 'in 20 seconds'],
    ['2026-01-10T12:00:00Z', 'now'],
  ])('%s is %s', (moment, text) => {
    expect(english.relative(moment, now)).toBe(text);
  });
});

test.each([[1_023, '1,023 bytes'], [1_536, '2 kB'], [2.5 * 1024 ** 2, '2.5 MB'], [20 * 1024 ** 3, '20 GB'], [0, '0 bytes']])('%d bytes are %s', (size, text) => {
  expect(plain(english.bytes(size))).toBe(text);
});
