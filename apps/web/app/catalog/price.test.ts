import { expect, test } from 'vitest';
import { minorUnits, typedAmount } from './price.ts';

test.each([
  ['250', 'MXN', 25000],
  ['250.5', 'MXN', 25050],
  ['1,250.50', 'MXN', 125050],
  ['1.250,50', 'EUR', 125050],
  ['1,250', 'MXN', 125000],
  ['٢٥٠٫٥٠', 'EGP', 25050],
  ['1500', 'JPY', 1500],
  ['1,500', 'JPY', 1500],
  ['2.125', 'KWD', 2125],
  ['0', 'MXN', null],
  ['  ', 'MXN', null],
  ['free', 'MXN', NaN],
  ['-5', 'MXN', NaN],
  ['1.2345', 'MXN', NaN],
])('%s in %s is %s', (typed, currency, minor) => {
  expect(minorUnits(typed, currency)).toBe(minor);
});

test.each([[25050, 'MXN', '250.50'], [5, 'USD', '0.05'], [1500, 'JPY', '1500'], [2125, 'KWD', '2.125']])('%s of %s is shown as %s', (amount, currency, text) => {
  expect(typedAmount(amount, currency)).toBe(text);
  expect(minorUnits(text, currency)).toBe(amount);
});
