import { expect, test } from 'vitest';
import { piecesOf } from './linked-text.tsx';

test.each([
  ['See https://example.org/a?b=1.', ['See ', 'https://example.org/a?b=1', '.']],
  ['(http://example.org)', ['(', 'http://example.org', ')']],
  ['انظر https://example.org/درس، ثم عد', ['انظر ', 'https://example.org/درس', '، ثم عد']],
  ['nothing here', ['nothing here']],
  ['<b>bold</b> stays text', ['<b>bold</b> stays text']],
])('%s', (text, pieces) => expect(piecesOf(text).map((piece) => piece.text)).toEqual(pieces));

test('only web addresses become links', () => {
  expect(piecesOf('javascript:alert(1) data:text/html,x //example.org https://').some((piece) => piece.href)).toBe(false);
  expect(piecesOf('https://example.org"onmouseover="x').map((piece) => piece.href)).toEqual(['https://example.org', undefined]);
});
