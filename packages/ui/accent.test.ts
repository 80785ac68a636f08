import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accentCss, checkAccent, contrastRatio, deriveAccent } from './accent.ts';

const hexes = fc.integer({ min: 0, max: 0xffffff }).map(colour => `#${colour.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  test.each([['#000000', '#ffffff', 21], ['#777777', '#ffffff', 4.48], ['#fff', '#ffffff', 1]])('of %s on %s is %d', (one, other, ratio) => {
    expect(contrastRatio(one, other)).toBeCloseTo(ratio, 2);
  });
  test('a colour that is not hex is refused', () => {
    expect(() => contrastRatio('red', '#ffffff')).toThrow(RangeError);
  });
});

describe('derived accent', () => {
  const grounds = { day: ['#fbf7ee', '#fffdf9', '#f3ecdd'], night: ['#121a27', '#1a2433', '#0d141f'] } as const;

  test.each(['day', 'night'] as const)('every colour gives legible pairs by %s', theme => {
    fc.assert(fc.property(hexes, hex => {
      const { accent, ink, text, soft } = deriveAccent(hex, theme);
      expect(contrastRatio(ink, accent)).toBeGreaterThanOrEqual(4.5);
      for (const ground of [...grounds[theme], soft]) expect(contrastRatio(text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(accent, grounds[theme][0])).toBeGreaterThanOrEqual(1.6);
    }), { numRuns: 500 });
  });
  test('a colour that serves stays as it is', () => {
    expect(deriveAccent('#2d6a3e', 'day').accent).toBe('#2d6a3e');
  });
  test('the stylesheet holds eight plain colours and nothing else', () => {
    fc.assert(fc.property(hexes, hex => {
      expect(accentCss(hex)).toMatch(/^:root:root\{(--accent(-ink|-text|-soft)?-(day|night):#[0-9a-f]{6};?){8}\}$/);
    }));
  });
});

describe('check of an accent', () => {
  test('every suggestion is accepted when checked again', () => {
    fc.assert(fc.property(hexes, hex => {
      expect(checkAccent(checkAccent(hex).suggestion).ok).toBe(true);
    }), { numRuns: 500 });
  });
  test('a pale yellow is refused, and the suggestion differs', () => {
    const check = checkAccent('#fff4a8');
    expect(check.ok).toBe(false);
    expect(check.suggestion).not.toBe('#fff4a8');
  });
  test('a good colour is its own suggestion', () => {
    expect(checkAccent('#3f8350')).toMatchObject({ ok: true, suggestion: '#3f8350' });
  });
});
