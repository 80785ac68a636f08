import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, frequentWords, gramsOf, marksIn, mayBe, nearest, normalize, plainText, spellings, stemForm, wordsOf } from './rules.ts';

describe('what falls together', () => {
  test.each([
    ['Educación', 'educacion'], ['PINGÜINO', 'pinguino'], ['cafe\u0301', 'cafe'], ['Año', 'año'], ['N\u0303u', 'ñu'],
    ['أحمد', 'احمد'], ['إدارة', 'اداره'], ['آداب', 'اداب'], ['مستشفى', 'مستشفي'], ['الطَّاقَةُ', 'الطاقه'], ['مـــدرسة', 'مدرسه'], ['٢٠٢٦', '2026'], ['۲۰', '20'], ['مسئول', 'مسيول'], ['ﻻ', 'لا'],
    ['Straße', 'straße'], ['Ｆｕｌｌ', 'full'],
  ])('%s is %s', (text, normalized) => expect(normalize(text)).toBe(normalized));

  test('once is enough', () => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { expect(normalize(normalize(text))).toBe(normalize(text)); })));

  test('año is not ano, but whoever has no ñ finds español', () => {
    expect(spellings('español')).toEqual(['español', 'espanol']);
    expect(spellings('ano')).toEqual(['ano']);
  });

  test('words are letters and digits of any script', () => {
    expect(wordsOf('¿Qué es C++? C#, HTML5 y l’eau')).toEqual(['que', 'es', 'c++', 'c#', 'html5', 'y', 'leau']);
    expect(wordsOf('الزراعة، والماء')).toEqual(['الزراعه', 'والماء']);
    expect(wordsOf(' – … ! ')).toEqual([]);
  });
});

describe('stems', () => {
  test('Spanish gets its accent back, Arabic its article and its ة', () => {
    expect(stemForm('educacion', 'es').form).toBe('educación');
    expect(stemForm('برمجه', 'ar').form).toBe('البرمجة');
    expect(stemForm('والبرمجه', 'ar').form).toBe('البرمجة');
    expect(stemForm('للمبتديين', 'ar').form).toBe('المبتديين');
  });
  test('are asked of languages that have the script', () => {
    expect([mayBe('agua', 'es'), mayBe('agua', 'ar'), mayBe('ماء', 'ar'), mayBe('ماء', 'en')]).toEqual([true, false, true, false]);
  });
});

describe('misspellings', () => {
  test('one letter more, less, other or swapped is one', () => {
    expect(['solars', 'slar', 'sohar', 'sloar'].map((typed) => distance('solar', typed, 2))).toEqual([1, 1, 1, 1]);
    expect(distance('solar', 'color', 2)).toBe(2);
    expect(distance('solar', 'montaña', 2)).toBe(3);
  });
  test('a distance is the same both ways, and nothing from itself', () => fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
    expect(distance(a, b, 3)).toBe(distance(b, a, 3));
    expect(distance(a, a, 3)).toBe(0);
  })));
  test('the nearest are taken, and short words are left alone', () => {
    expect(nearest('enrgia', ['energia', 'enorme', 'alergia'], false)).toEqual(['energia']);
    expect(nearest('fotovltai', ['fotovoltaica', 'fotografia'], true)).toEqual(['fotovoltaica']);
    expect(nearest('fotovltai', ['fotovoltaica'], false)).toEqual([]);
    expect(nearest('sol', ['sal', 'son'], false)).toEqual([]);
  });
  test('a word is in pieces of three', () => expect(gramsOf('agua')).toEqual(['^ag', 'agu', 'gua', 'ua$']));
});

test('of a text, the words that are used most are kept, and no markup', () => {
  expect(frequentWords(plainText('<p class="agua">Suelo &amp; agua, suelo y sol</p>'), 2)).toEqual(['suelo', 'agua']);
});

test('found words are marked where they stand, accents and all', () => {
  const title = 'Energía solar: ¡energías!';
  const marked = marksIn(title, (one) => one.startsWith('energ')).map(([start, end]) => title.slice(start, end));
  expect(marked).toEqual(['Energía', 'energías']);
  const arabic = 'الطَّاقة الشمسية';
  expect(marksIn(arabic, (one) => one === 'الطاقه').map(([start, end]) => arabic.slice(start, end))).toEqual(['الطَّاقة']);
});
