import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareWords } from './words.ts';

const show = (before: string, after: string) => compareWords(before, after).map(({ kind, text }) => ({ same: text, added: `+${text.trim()}+ `, removed: `-${text.trim()}- ` })[kind]).join('').trim();

test.each([
  ['wet the soil', 'wet the soil', 'wet the soil'],
  ['wet the soil well', 'wet the clay well', 'wet the -soil- +clay+ well'],
  ['a b', '', '-a b-'],
  ['', 'ماء وتراب', '+ماء وتراب+'],
  ['one two three', 'zero one three four', '+zero+ one -two- three +four+'],
])('%s → %s', (before, after, shown) => {
  expect(show(before, after)).toBe(shown);
});

test('what is kept and what was there give the text before; what is kept and what came give the text after', () => {
  const word = fc.constantFrom('a ', 'b ', 'c ', '\n');
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
  const without = (kind: string, before: string, after: string) => compareWords(before, after).filter((piece) => piece.kind !== kind).map((piece) => piece.text).join('').replace(/\s/g, '');
  fc.assert(fc.property(text, text, (before, after) => {
    expect(without('added', before, after)).toBe(before.replace(/\s/g, ''));
    expect(without('removed', before, after)).toBe(after.replace(/\s/g, ''));
  }));
});
