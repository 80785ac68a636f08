import { expect, test } from 'vitest';
import { asUsual, attributesOf, cookieFor, preferenceFrom, preferenceIn } from './reading.ts';

const warm = { ...asUsual, size: 'largest', ground: 'warm', justify: true } as const;

test('what is kept in the cookie is read from it, among others', () => {
  expect(preferenceIn(`a=1; ${cookieFor(warm, true).split(';')[0]}; b=2`)).toEqual(warm);
  expect(preferenceIn('a=1')).toBeNull();
});

test('what is not offered is as usual', () => {
  expect(preferenceIn('reading=1.huge.x')).toEqual({ ...asUsual, justify: true });
  expect(preferenceFrom((name) => ({ size: 'large', ground: '<script>' })[name])).toEqual({ ...asUsual, size: 'large' });
});

test('a warm ground is a light one; as usual follows the site', () => {
  expect(attributesOf(warm)).toMatchObject({ 'data-theme': 'light', 'data-ground': 'warm', 'data-justify': '' });
  expect(attributesOf(asUsual)['data-theme']).toBeUndefined();
});
